// Files of a proposal go in pieces, one file after another, each with its progress. What breaks off goes on where
// it stopped, also when the page was left and the same file is chosen again. Without this script the form sends
// them in one.
const PIECE = 512 * 1024;
const WAITS = [1, 2, 4, 8, 15, 30, 30, 30]; // seconds between attempts
const LOOKS = 60; // times, at 5 seconds, that the page asks what the virus scanner found

const box = document.querySelector("[data-uploads]");
const input = box?.querySelector("input[type=file]");
const files = document.querySelector("[data-files]");
const ways = document.querySelector("[data-ways]"); // the list of those on their way
const says = document.querySelector("[data-says-files]"); // what a screen reader hears
const waiting = [];
let busy = false;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const key = () => document.cookie.match(/(?:^|; )form_key=([^;]+)/)?.[1] ?? "";
const size = (bytes) => {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  if (bytes < 1024000) return `${Math.round(bytes / 1024)} KB`;
  return `${Math.round(bytes / 104857.6) / 10} MB`;
};

class Problem extends Error {}
class Broken extends Error {}

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

// One line of the list: name, size, how far it is, and what can be done.
function line(file) {
  const item = made("li", "");
  const bar = made("progress", "");
  const state = made("span", "of-ways__state", "Waits for its turn");
  bar.value = 0;
  bar.setAttribute("aria-label", `How much of ${file.name} is sent`);
  item.append(made("span", "of-files__name", file.name), made("span", "", size(file.size)), bar, state);
  ways.append(item);
  ways.hidden = false;
  return { item, bar, state };
}

function button(shown, text, name, act) {
  const one = made("button", "of-button-link", text);
  one.type = "button";
  one.append(made("span", "govuk-visually-hidden", ` ${name}`));
  one.addEventListener("click", act);
  shown.item.append(one);
}

// Why it did not go, beside its name; it can be tried again where that may help.
function failed(job, problem, again) {
  const { shown, file } = job;
  shown.bar.remove();
  shown.state.className = "of-ways__state of-ways__state--off";
  shown.state.textContent = problem;
  says.textContent = `${file.name}: ${problem}`;
  if (again) button(shown, "Send again", file.name, () => leave(shown) || take([file]));
  button(shown, "Take off this list", file.name, () => leave(shown));
}

function leave(shown) {
  const after = shown.item.nextElementSibling ?? shown.item.previousElementSibling;
  shown.item.remove();
  ways.hidden = !ways.children.length;
  (after?.querySelector("button") ?? document.querySelector(`[id='${box.dataset.field}']`)).focus();
}

// A request that says how far it is; an answer without sense, or none, is a broken line.
function ask(address, body, headers = {}, progress = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "json";
    request.timeout = 180000;
    for (const [name, value] of Object.entries({ Accept: "application/json", "X-CSRFToken": key(), ...headers })) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener("progress", (part) => progress(part.loaded));
    for (const event of ["error", "timeout", "abort"]) request.addEventListener(event, () => reject(new Broken()));
    request.addEventListener("load", () => {
      const { status, response } = request;
      if (response?.received !== undefined) resolve(response);
      else if (response?.problem) reject(new Problem(response.problem));
      else if (status >= 500 || status === 429 || !status) reject(new Broken());
      else reject(new Problem("It could not be added. Load this page again to see how the proposal stands."));
    });
    request.send(body);
  });
}

async function again(step, job) {
  for (const wait of [...WAITS, null]) {
    try {
      return await step();
    } catch (fault) {
      if (!(fault instanceof Broken) || wait === null) throw fault;
      job.shown.state.textContent = "The connection broke. What has gone is kept, and we try again.";
      await pause(wait);
    }
  }
}

// Its fingerprint lets the same file go on later, and shows that it arrived whole. Plain HTTP has none.
async function digest(file) {
  if (!crypto.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function refusal(file) {
  const limit = Number(box.dataset.limit);
  if (!file.size) return `“${file.name}” is empty. Choose a file with something in it`;
  return file.size > limit ? `“${file.name}” is ${size(file.size)}. A file can be ${size(limit)} at most` : "";
}

async function send(job) {
  const { file, shown } = job;
  const told = { name: file.name, size: file.size, sha256: await digest(file), section: box.dataset.section };
  const begin = () => ask(box.dataset.uploads, new URLSearchParams(told));
  let { address, received } = await again(begin, job);
  const went = received ? "Going on" : "Sending";
  for (;;) {
    const at = received;
    const show = (more) => {
      const part = Math.min(1, (at + more) / file.size);
      shown.bar.value = part;
      shown.state.textContent = `${went}, ${Math.floor(part * 100)}%`;
    };
    show(0);
    const piece = file.slice(at, at + PIECE);
    const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(at) };
    const answer = await again(() => ask(address, piece, headers, show), job);
    if (answer.listed) return answer.listed;
    received = answer.received;
  }
}

function list(html, job) {
  const template = document.createElement("template");
  template.innerHTML = html;
  files.append(template.content);
  files.hidden = false;
  document.querySelector("[data-none]")?.remove();
  job.shown.item.remove();
  ways.hidden = !ways.children.length;
  says.textContent = `${job.file.name} is added.`;
  look();
}

async function work() {
  if (busy) return;
  busy = true;
  for (let job; (job = waiting.shift()); ) {
    try {
      list(await send(job), job);
    } catch (fault) {
      const broke = "Not sent: the connection broke. What has gone is kept for a day. Send it again to go on.";
      const read = "This file cannot be read any more. Was it moved or changed? Choose it again.";
      if (fault instanceof Problem) failed(job, fault.message, false);
      else failed(job, fault instanceof Broken ? broke : read, true);
    }
  }
  busy = false;
}

function take(chosen) {
  const count = chosen.length;
  if (count > 1) says.textContent = `${count} files are on their way.`;
  for (const file of chosen) {
    const job = { file, shown: line(file) };
    const problem = refusal(file);
    if (problem) failed(job, problem, false);
    else waiting.push(job);
  }
  work();
}

// What the scanner found stands on the page once it is known; nothing else of the page is touched.
let looks = 0;
let looking = false;
async function look() {
  looks = LOOKS;
  if (looking) return;
  looking = true;
  while (looks-- > 0 && files.querySelector("[data-waits]")) {
    await pause(5);
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      for (const old of files.querySelectorAll("[data-waits]")) {
        const now = page.querySelector(`[data-file="${old.dataset.file}"]`);
        if (!now || "waits" in now.dataset) continue;
        const focused = old.contains(document.activeElement);
        old.replaceWith(now);
        if (focused) now.querySelector("a")?.focus();
        const found = now.querySelector(".govuk-tag").textContent;
        says.textContent = `${now.querySelector(".of-files__name").textContent}: ${found}`;
      }
    } catch {
      // The next look may find the portal again.
    }
  }
  looking = false;
}

if (input && ways) {
  const form = input.closest("form");
  form.querySelector("button[type=submit]").remove();
  form.querySelector(".of-actions").before(document.querySelector("[data-on-their-way]"));
  document.querySelector("[data-on-their-way]").hidden = false;
  box.dataset.field = input.id.replace(/-input$/, "");
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    if (!chosen.length) return;
    input.value = "";
    input.dispatchEvent(new Event("change"));
    take(chosen);
  });
  window.addEventListener("beforeunload", (event) => busy && event.preventDefault());
  look();
}
