// Values and counters follow by themselves; what somebody has unfolded stays so. Without it the page shows what was read when it was opened.
const every = 10_000;

async function follow() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-follow]')) {
      const now = fresh.getElementById(part.id);
      if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
    }
  } catch {
    // The gateway is away for a moment; the next look may find it.
  }
}

setInterval(follow, every);
