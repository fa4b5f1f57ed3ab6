// Small helps for every page, then those of the answer page. Everything works
// without them.
(function () {
  "use strict";
  // Escape folds a menu of the header and stays on its button.
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector(".account[open], .ways details[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // After a form the keyboard goes on where the page says what came of it: at
  // what is wrong, or at what was done, unless the address names a place.
  var place = location.hash && document.getElementById(location.hash.slice(1));
  var told = document.getElementById("potize") || document.querySelector('main [aria-invalid="true"]') ||
    document.querySelector("main .note[role=alert]:not([hidden])") || (place ? null : document.querySelector("main > .note[role=status]"));
  if (told) {
    if (told.matches("p, div")) told.tabIndex = -1;
    told.focus();
  }

  var form = document.getElementById("odpoved");
  if (!form) return;

  // "What is missing" is asked of partial and unfulfilled items; a text that is
  // already there is never hidden.
  function toggle(item) {
    var field = item.querySelector(".missing");
    if (!field) return;
    var chosen = item.querySelector("input[type=radio]:checked");
    var asks = chosen && (chosen.value === "partial" || chosen.value === "unfulfilled");
    field.hidden = !asks && field.querySelector("textarea").value === "" && !field.classList.contains("wrong");
  }
  form.querySelectorAll(".item").forEach(toggle);

  // Drafts: only items touched here are saved, so that a colleague's are left
  // alone. What is on its way is touched again when typing goes on.
  var touched = new Set(), timer = 0, wait = 3000;
  var line = document.getElementById("ulozeno");
  function body() {
    var data = new URLSearchParams();
    data.set("action", "ulozit");
    data.set("tise", "1");
    new FormData(form).forEach(function (value, name) {
      var item = name.match(/^(a\d+)-/);
      if (item ? touched.has(item[1]) : name === "kdo") data.append(name, value);
    });
    return data;
  }
  function save(leaving) {
    clearTimeout(timer);
    if (touched.size === 0) return;
    var data = body(), sent = touched;
    touched = new Set();
    fetch(form.getAttribute("action"), { method: "POST", body: data, keepalive: leaving, credentials: "same-origin" }).then(function (r) {
      if (!r.ok && r.status !== 422) throw new Error(r.status);
      if (!r.ok) return;
      sent.forEach(function (id) { remember(id); });
      line.textContent = form.dataset.saved + " (" + new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) + ").";
    }).catch(function () {
      sent.forEach(function (id) { touched.add(id); });
      line.textContent = form.dataset.failed + ".";
      timer = setTimeout(save, 4 * wait);
    });
  }
  // An item saved from here is ours to empty, too.
  function remember(id) {
    var item = document.getElementById(id);
    if (!item || form.elements[id + "-koncept"]) return;
    var mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = id + "-koncept";
    mark.value = "1";
    item.appendChild(mark);
  }
  function change(event) {
    var item = event.target.closest(".item");
    if (item) {
      toggle(item);
      touched.add(item.id);
    } else {
      touched.add("kdo");
    }
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  form.addEventListener("submit", function () { clearTimeout(timer); touched.clear(); });
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") save(true);
  });
})();
