// What pages gain where scripts run. Nothing here is needed to do anything: every page works without it.
// The page names govuk-frontend's script in its own tag, since files are served under names that carry a checksum.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

const { createAll, ...govuk } = await import(document.querySelector("script[data-govuk]").dataset.govuk);
for (const part of ["Button", "CharacterCount", "Checkboxes", "ErrorSummary", "NotificationBanner", "Radios", "SkipLink"]) {
  createAll(govuk[part]);
}

// On a phone the rows of these tables become small notices, and their cells lose what they mean to a screen reader.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
for (const table of document.querySelectorAll("table.of-stack")) {
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, th, td")]) {
    const header = part.scope?.startsWith("col") ? "columnheader" : "rowheader";
    part.setAttribute("role", ROLES[part.tagName] ?? header);
  }
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
}
