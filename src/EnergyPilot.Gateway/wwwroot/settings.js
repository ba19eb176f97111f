// Line numbers beside the text, marks at lines with mistakes, and links that lead to a line. Without it the text is edited all the same.
const text = document.getElementById('text');
const editor = text.parentElement;
const gutter = document.createElement('div');
const marks = new Set(editor.dataset.marks.split(' '));
const notes = new Set(editor.dataset.notes.split(' '));

gutter.className = 'gutter';
gutter.setAttribute('aria-hidden', 'true');
editor.prepend(gutter);
editor.classList.add('numbered');

function number() {
  const count = text.value.split('\n').length;
  if (gutter.childElementCount === count) return;
  gutter.replaceChildren(...Array.from({ length: count }, (_, i) => {
    const line = document.createElement('span');
    line.textContent = String(i + 1);
    if (marks.has(String(i + 1))) line.className = 'bad';
    else if (notes.has(String(i + 1))) line.className = 'warn';
    return line;
  }));
}

function jump(line) {
  const before = text.value.split('\n').slice(0, line - 1);
  const from = before.reduce((sum, l) => sum + l.length + 1, 0);
  const to = text.value.indexOf('\n', from);
  text.focus();
  text.setSelectionRange(from, to < 0 ? text.value.length : to);
  text.scrollTop = Math.max(0, (line - 6) * (text.scrollHeight / text.value.split('\n').length));
}

// Two spaces for a tab key would keep people without a mouse in the field: the key goes on as ever.
text.addEventListener('input', number);
text.addEventListener('scroll', () => { gutter.scrollTop = text.scrollTop; });
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-line]');
  if (!link) return;
  event.preventDefault();
  jump(Number(link.dataset.line));
});
number();
