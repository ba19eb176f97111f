// The steps of half a degree and the sentence that says what the form will do. Without script the fields do.
const setpoint = document.getElementById('setpoint');
const until = document.getElementById('until');
const summary = document.getElementById('summary');
const form = setpoint.form;
const language = document.documentElement.lang;
const degrees = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const lowest = Number(setpoint.dataset.lowest);
const highest = Number(setpoint.dataset.highest);

document.documentElement.classList.add('script');

function typed() {
  const text = setpoint.value.replace(',', '.').replace(/°C/i, '').trim();
  return text === '' ? NaN : Number(text);
}

function step(by) {
  const from = Number.isFinite(typed()) ? typed() : lowest;
  // To the next half degree in that direction, so that 19.2 becomes 19.5 or 19.0.
  const halves = by > 0 ? Math.floor(from * 2 + 1e-6) + 1 : Math.ceil(from * 2 - 1e-6) - 1;
  setpoint.value = degrees.format(Math.min(highest, Math.max(lowest, halves / 2)));
  summarise();
}

function endText() {
  const chosen = form.querySelector('input[name=end]:checked');
  if (!chosen) return '';
  if (chosen.dataset.until) return chosen.dataset.until;
  if (!until.value) return '';
  // The value is the school's wall-clock time; formatting it as UTC shows it unchanged.
  return new Intl.DateTimeFormat(language, { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })
    .format(new Date(`${until.value}:00Z`));
}

function summarise() {
  const [value, end] = [typed(), endText()];
  const complete = Number.isFinite(value) && value >= lowest && value <= highest && end !== '';
  summary.hidden = !complete;
  if (complete) summary.textContent = summary.dataset.text.replace('#1', `${degrees.format(value)}\u00a0°C`).replace('#2', end);
}

for (const button of form.querySelectorAll('.step')) button.addEventListener('click', () => step(Number(button.dataset.step)));
until.addEventListener('input', () => { form.querySelector('input[value=Moment]').checked = true; });
form.addEventListener('input', summarise);
summarise();
