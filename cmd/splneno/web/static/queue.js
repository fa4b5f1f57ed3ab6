// The keyboard of the queue. Every key presses what can be pressed without it.
// A single key acts only while the focus is among the answers and not in a
// field, and can be switched off (WCAG 2.1.4).
(function () {
  "use strict";
  var queue = document.getElementById("fronta");
  var live = document.getElementById("hlaseni");
  var told = document.querySelector("main > .note[role=status]");
  if (live && told) setTimeout(function () { live.textContent = told.textContent.trim(); }, 100);
  if (!queue) return;

  var items = Array.prototype.slice.call(queue.querySelectorAll(".queued"));
  var box = document.getElementById("zkratky"), help = document.getElementById("klavesy");
  var words = document.getElementById("slova");
  function kept() { try { return localStorage.getItem("zkratky"); } catch (e) { return null; } }
  box.closest("label").hidden = false;
  box.checked = kept() !== "ne";
  box.addEventListener("change", function () {
    try { localStorage.setItem("zkratky", box.checked ? "ano" : "ne"); } catch (e) { /* then it holds for this page */ }
  });

  // The place a redirect leads to; where the list has become shorter, the last.
  function land() {
    var place = /^#p([0-9]+)$/.exec(location.hash);
    if (place) go(items[Math.min(Number(place[1]), items.length) - 1]);
    else if (location.hash === "#fronta") go(items[0]);
  }
  function go(item) {
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "start" });
  }
  function press(root, key) {
    var it = root && root.querySelector('[data-key="' + key + '"]');
    if (!it) {
      live.textContent = "";
      setTimeout(function () { live.textContent = words.dataset.nothing; }, 50);
    } else {
      it.click();
    }
  }
  function onKey(event) {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    var on = event.target, key = event.key;
    if (on.matches("textarea, select, input:not([type=checkbox])")) return;
    var at = items.indexOf(on.closest(".queued"));
    if (key === "j" || key === "ArrowDown") go(items[Math.min(at + 1, items.length - 1)]);
    else if (key === "k" || key === "ArrowUp") go(items[Math.max(at - 1, 0)]);
    else if (key.length === 1 && "aerxo".indexOf(key) >= 0) press(items[at], key);
    else if (key === "A" || key === "u") press(document, key);
    else if (key === "?") {
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    } else return;
    event.preventDefault();
  }
  queue.addEventListener("keydown", onKey);
  // A double press must not decide about one answer twice.
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (f) { delete f.dataset.sent; });
  });
  // The browser goes to the place itself first, and takes the focus off what it
  // cannot focus.
  window.addEventListener("load", function () { requestAnimationFrame(land); });
})();
