// Nothing here is needed to do anything: every page works without it.
// The page names govuk-frontend's script, whose name carries a checksum.
const { createAll, ...govuk } = await import(document.querySelector("script[data-govuk]").dataset.govuk);
const PARTS = ["Button", "CharacterCount", "Checkboxes", "ErrorSummary", "FileUpload", "NotificationBanner", "Radios", "SkipLink"];
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

function start() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  PARTS.forEach((part) => createAll(govuk[part]));
  document.querySelectorAll("table.of-stack").forEach(keepRoles);
  for (const details of document.querySelectorAll("details[data-open-wide]")) {
    details.open = matchMedia("(min-width: 60em)").matches;
  }
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
  for (const form of document.querySelectorAll("form[enctype='multipart/form-data']")) {
    form.addEventListener("submit", sendShown);
  }
  for (const form of document.querySelectorAll("form[method='post']")) form.addEventListener("submit", () => takeKey(form));
  keepTime();
}

// The clock and the time left go on by the portal's clock, not this device's.
const LONDON = { timeZone: "Europe/London" };
let ticking = 0;
function keepTime() {
  const clock = document.querySelector("[data-clock]");
  let ahead = clock.dataset.clock * 1000 - Date.now();
  const tick = () => {
    const now = new Date(Date.now() + ahead);
    const time = now.toLocaleTimeString("en-GB", { ...LONDON, hour: "numeric", minute: "2-digit", hour12: true });
    clock.textContent = time.replace(":00", "").replace(/\s/, "");
    const day = now.toLocaleDateString("en-GB", { ...LONDON, weekday: "long", day: "numeric", month: "long" });
    clock.nextElementSibling.textContent = day.replace(",", "");
    for (const left of document.querySelectorAll("[data-until]")) {
      const minutes = Math.floor((left.dataset.until * 1000 - now) / 60000);
      if (minutes >= 0) left.textContent = span(minutes);
      else left.parentElement.textContent = "Proposals have closed";
    }
  };
  clearInterval(ticking);
  ticking = setInterval(tick, 10000);
  // A page that the browser kept is older than its clock.
  const [how] = performance.getEntriesByType("navigation");
  if (how?.transferSize < how?.encodedBodySize) {
    fetch(document.querySelector("[rel=icon]").href, { method: "HEAD", cache: "no-store" }).then((answer) => {
      ahead = Date.parse(answer.headers.get("Date")) - Date.now();
      tick();
    });
  }
}

// As wording.py has it: rounded down, never up.
const counted = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;
function span(all) {
  const [days, hours, minutes] = [Math.floor(all / 1440), Math.floor((all % 1440) / 60), all % 60];
  if (days > 1) return counted(days, "day");
  if (days) return counted(days, "day") + (hours ? ` and ${counted(hours, "hour")}` : "");
  if (hours > 5 || (hours && !minutes)) return counted(hours, "hour");
  if (hours) return `${counted(hours, "hour")} ${counted(minutes, "minute")}`;
  return minutes ? counted(minutes, "minute") : "less than a minute";
}

// Signing in in another tab gives the browser a new key for forms. The form takes it, so that its words can be sent.
function takeKey(form) {
  const now = document.cookie.match(/(?:^|; )form_key=([^;]+)/)?.[1];
  if (now && form.elements.csrfmiddlewaretoken) form.elements.csrfmiddlewaretoken.value = now;
}

// On a phone the rows of these tables become small notices, and their cells lose what they mean to a screen reader.
function keepRoles(table) {
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, th, td")]) {
    const header = part.scope?.startsWith("col") ? "columnheader" : "rowheader";
    part.setAttribute("role", ROLES[part.tagName] ?? header);
  }
}

// A form with files shows how much of it has gone. What cannot be sent stays on the page, files and all.
function sendShown(event) {
  const form = event.target;
  if (![...form.querySelectorAll("input[type=file]")].some((input) => input.files.length)) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const words = new FormData(form, event.submitter);
  const state = sayIn(form);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (part) => {
    state.bar.value = part.lengthComputable ? part.loaded / part.total : 0;
  });
  request.addEventListener("load", () => show(request));
  request.addEventListener("error", () => {
    delete form.dataset.sending;
    state.bar.remove();
    state.line.className = "of-save of-save--off";
    state.line.textContent = "Not sent: the connection broke. Your file and words are still here. Send again.";
  });
  request.open("POST", form.action || location.href);
  request.send(words);
}

function sayIn(form) {
  form.querySelector(".of-sending")?.remove();
  const box = document.createElement("div");
  const line = document.createElement("p");
  const bar = document.createElement("progress");
  box.className = "of-sending";
  line.className = "of-save";
  line.setAttribute("role", "status");
  bar.setAttribute("aria-label", "Sent so far");
  box.append(line, bar);
  (form.querySelector(".of-actions") ?? form.lastElementChild).before(box);
  line.textContent = "Sending";
  return { line, bar };
}

// The answer takes the page's place: asking for it again would lose what it says once.
function show(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  history.pushState({ shown: true }, "", request.responseURL || location.href);
  isShown = true;
  document.title = page.title;
  document.body.replaceWith(page.body);
  window.scrollTo(0, 0);
  start();
}

// Back from an answer that was shown, or forward to it: the page is asked for again. A link within a page
// comes here too, and must not take away what is typed.
let isShown = Boolean(history.state?.shown);
window.addEventListener("popstate", (event) => {
  const wasShown = isShown;
  isShown = Boolean(event.state?.shown);
  if (wasShown !== isShown) location.reload();
});
start();
