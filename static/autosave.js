// A text is saved while it is written. The form works without: its button saves too.
// A screen reader hears the first save and each failure, not every save.
const LONG = "Not saved: this is longer than the portal takes. Shorten it, and it is saved.";
const AWAY = "Not saved: we cannot reach the portal. Your words are still here, and we try again.";
const NOT_YOURS =
  "Not saved: this draft is not yours to change any more. Your words are still here: copy them before you leave.";

// Why it is of no use to send this again. What a script can do about a refusal is said to it in JSON: a page
// instead says that the draft is not there for this person, or not to be changed by them.
function refusal(answer) {
  if (answer.status === 413) return LONG;
  const isPage = !(answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  return isPage && answer.status >= 400 && answer.status < 500 && answer.status !== 429 ? NOT_YOURS : "";
}

function saveWhileWriting(form) {
  const text = form.querySelector("textarea");
  const base = form.elements.base_revision;
  const shown = document.querySelector("[data-saved]");
  const says = document.querySelector("[data-says]");
  const trouble = form.querySelector("[data-unsaved]");
  let saved = form.dataset.autosave === "off" ? null : text.value;
  let timer = 0;
  let busy = false;
  let stopped = form.dataset.autosave === "off";
  let leaving = false;
  shown.hidden = stopped;

  const tell = (words, failed) => {
    shown.textContent = failed ? "Not saved" : words;
    shown.classList.toggle("of-save--off", failed);
    trouble.textContent = failed ? words : "";
    trouble.hidden = !failed;
    if (failed || !says.textContent) says.textContent = words;
  };

  const save = async () => {
    clearTimeout(timer);
    if (busy || stopped || text.value === saved) return;
    busy = true;
    const sent = text.value;
    const body = new FormData(form);
    body.delete("csrfmiddlewaretoken");
    const key = document.cookie.match(/(?:^|; )form_key=([^;]+)/)?.[1] ?? "";
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": key },
        keepalive: sent.length < 20000,
      });
      const refused = refusal(answer);
      if (refused) {
        stopped = refused === NOT_YOURS;
        tell(refused, true);
        busy = false;
        return;
      }
      const told = await answer.json();
      if (answer.ok) {
        base.value = told.revision;
        saved = sent;
        tell(told.saved, false);
      } else {
        stopped = answer.status === 409;
        tell(told.problem, true);
      }
    } catch {
      tell(AWAY, true);
      timer = setTimeout(save, 10000);
    }
    busy = false;
    if (!stopped && text.value !== sent) timer = setTimeout(save, 2000);
  };

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  form.addEventListener("submit", () => {
    stopped = leaving = true;
    clearTimeout(timer);
  });
  // What cannot be saved stays here alone, so the browser asks before it is left.
  window.addEventListener("beforeunload", (event) => {
    const lost = form.isConnected && !leaving && text.value !== saved && (stopped || !trouble.hidden);
    if (lost) event.preventDefault();
  });
}

document.querySelectorAll("form[data-autosave]").forEach(saveWhileWriting);
