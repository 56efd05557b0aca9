// Passkeys: the browser asks the device, the form carries the answer. Without it, the code by mail signs in.
const CAN = window.isSecureContext && "PublicKeyCredential" in window;

if (CAN) {
  document.querySelectorAll("[data-passkey-without]").forEach((part) => part.remove());
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      if ("answered" in form.dataset) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(form);
    });
  });
}

async function ask(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const options = opened((await optionsOf(form)).publicKey);
    if (form.dataset.passkey === "create") askForOneThatSignsIn(options);
    const answer = await navigator.credentials[form.dataset.passkey]({ publicKey: options });
    form.elements.credential.value = JSON.stringify(sealed(answer));
    form.dataset.answered = "yes";
    form.requestSubmit();
  } catch (error) {
    problem.textContent = `${said(error)} Try again, or use a code by mail.`;
    problem.hidden = false;
  }
}

function said(error) {
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (error.name === "SecurityError") return "Passkeys do not work at this address of the portal.";
  return "The passkey was not used.";
}

async function optionsOf(form) {
  if (!("ask" in form.dataset)) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return (await answer.json()).request_options;
}

// It has to be found without an address, and to ask for a finger, face or PIN.
function askForOneThatSignsIn(options) {
  options.authenticatorSelection = { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
}

function bytes(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function opened(options) {
  const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
  const result = { ...options, challenge: bytes(options.challenge) };
  if (options.user) result.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) result.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) result.allowCredentials = known(options.allowCredentials);
  return result;
}

function sealed(credential) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const found = parts.filter((part) => credential.response[part]);
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(found.map((part) => [part, text(credential.response[part])])),
  };
}
