/* Asks the browser for a passkey and puts its answer into the form. Without it, or where it fails,
   the other ways on the page work as they do without any script. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const field = form.querySelector("input[name=passkey]");
  const failed = form.querySelector("[data-failed]");
  const button = form.querySelector("button");
  const offered = document.querySelectorAll("[data-needs-passkey]");

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const made = async (question) => {
    question.challenge = bytes(question.challenge);
    question.user.id = bytes(question.user.id);
    question.excludeCredentials = known(question.excludeCredentials);
    const answer = await navigator.credentials.create({ publicKey: question });
    return {
      id: answer.id,
      rawId: text(answer.rawId),
      type: answer.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(answer.response.clientDataJSON),
        attestationObject: text(answer.response.attestationObject),
      },
    };
  };

  const shown = async (question) => {
    question.challenge = bytes(question.challenge);
    question.allowCredentials = known(question.allowCredentials);
    const answer = await navigator.credentials.get({ publicKey: question });
    return {
      id: answer.id,
      rawId: text(answer.rawId),
      type: answer.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(answer.response.clientDataJSON),
        authenticatorData: text(answer.response.authenticatorData),
        signature: text(answer.response.signature),
      },
    };
  };

  if (!window.PublicKeyCredential) return;
  offered.forEach((part) => { part.hidden = false; });
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    button.disabled = true;
    failed.hidden = true;
    try {
      const question = JSON.parse(form.dataset.question);
      const answer = form.dataset.passkey === "make" ? await made(question) : await shown(question);
      field.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      failed.hidden = false;
      button.disabled = false;
    }
  });
})();
