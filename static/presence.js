// Whoever has the same section open is told so, and told again only when that changes.
function tellWhoIsHere(line) {
  const say = async () => {
    if (document.hidden) return;
    const headers = { "X-CSRFToken": document.cookie.match(/(?:^|; )form_key=([^;]+)/)?.[1] ?? "" };
    try {
      const answer = await fetch(line.dataset.here, { method: "POST", headers });
      const told = answer.ok ? (await answer.json()).others : "";
      if (line.textContent !== told) line.textContent = told;
    } catch {
      // No connection: saving says so where it matters.
    }
  };
  say();
  const timer = setInterval(() => (line.isConnected ? say() : clearInterval(timer)), 30000);
}

document.querySelectorAll("[data-here]").forEach(tellWhoIsHere);
