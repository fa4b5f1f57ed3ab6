// Passkeys: forms with data-passkey are shown where the browser knows them, and
// ask an authenticator before they are sent. Without this script people sign in
// with a password and a code.
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (c) { return c.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = "";
    new Uint8Array(buffer).forEach(function (b) { plain += String.fromCharCode(b); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map(function (key) { return Object.assign({}, key, { id: bytes(key.id) }); });
  }
  // The server writes bytes as base64url; the browser wants them as bytes.
  function options(json) {
    var ask = JSON.parse(json).publicKey;
    ask.challenge = bytes(ask.challenge);
    if (ask.user) ask.user.id = bytes(ask.user.id);
    if (ask.excludeCredentials) ask.excludeCredentials = known(ask.excludeCredentials);
    if (ask.allowCredentials) ask.allowCredentials = known(ask.allowCredentials);
    return { publicKey: ask };
  }
  function answer(key) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (key.response[part]) response[part] = text(key.response[part]);
    });
    if (key.response.getTransports) response.transports = key.response.getTransports();
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response: response,
      authenticatorAttachment: key.authenticatorAttachment || undefined, clientExtensionResults: {} });
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.hidden = false;
    var failed = form.querySelector("[role=alert]");
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      failed.hidden = true;
      var creates = form.dataset.passkey === "create", ask = options(form.dataset.options);
      (creates ? navigator.credentials.create(ask) : navigator.credentials.get(ask)).then(function (key) {
        form.elements.odpoved.value = answer(key);
        form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  });
})();
