// Draws a zone's history: temperatures above; heating, presence and CO2 below; one time axis and one cursor for both.
// Drag or pinch to zoom; with the keyboard arrows move the cursor, + and - zoom, 0 or Escape shows all.
/* global uPlot */
const chart = document.getElementById('chart');
const said = document.getElementById('chart-said');
const keys = [...document.querySelectorAll('.key')];
const moment = document.querySelector('.chart .moment');
const whole = moment.querySelector('[data-whole]');
// What browsers write for plain English is American.
const language = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
const { zone, range } = chart.dataset;
const dark = matchMedia('(prefers-color-scheme: dark)');
const refresh = range === 'day' ? 60_000 : 600_000;
const hidden = new Set();
let plots = [];
let data;
let zoom;
let cursor;

const time = (options) => new Intl.DateTimeFormat(language, { hourCycle: 'h23', timeZone: range === 'season' ? 'UTC' : zone, ...options });
const hour = time({ hour: '2-digit', minute: '2-digit' });
const day = time({ day: 'numeric', month: 'short' });
const exact = range === 'season' ? time({ weekday: 'short', day: 'numeric', month: 'short' }) : time({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const at = (format, seconds) => format.format(new Date(seconds * 1000));
const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = (digits) => new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
const units = { C: [number(1), '°C'], Percent: [number(0), '%'], Ppm: [number(0), 'ppm'] };

function shown(key, value) {
  if (value == null) return '–';
  const [format, unit] = units[key.match(/C$|Percent$|Ppm$/)[0]];
  return `${format.format(value).replace('-', '−')}\u00a0${unit}`;
}

const axis = (more) => ({ stroke: style('--muted'), font: '12px system-ui, sans-serif', grid: { stroke: style('--line'), width: 1 }, ticks: { show: false }, ...more });
// Ticks a day or more apart are days; midnight among hours says which day begins.
const ticks = (_, values) => values.map((t) => (values[1] - values[0] >= 86_400 || at(hour, t) === '00:00' ? at(day, t) : at(hour, t)));
const timeAxis = () => axis({ values: ticks, space: 62, size: 28 });
const tick = new Intl.NumberFormat(language);
const share = new Intl.NumberFormat(language, { style: 'percent' });
const inDegrees = (_, values) => values.map((t) => `${tick.format(t)}°`.replace('-', '−'));

// The data with some air, and never a range so narrow that noise looks like news.
const around = (least) => (_, low, high) => {
  if (low == null) return [0, 25];
  const middle = (low + high) / 2;
  const half = Math.max(least, high - low + 1) / 2;
  return [Math.floor(middle - half), Math.ceil(middle + half)];
};

function plot(height, series, scales, axes) {
  const lines = series.filter((s) => data[s.key].some((v) => v != null));
  const options = {
    width: chart.clientWidth, height, scales, axes: axes.filter((a) => !a.needs || lines.some((s) => s.key === a.needs)), legend: { show: false },
    series: [{}, ...lines.map((s) => ({ ...s, show: !hidden.has(s.key) }))],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), range === 'season' ? 'UTC' : zone),
    cursor: { sync: { key: 'zone' }, points: { size: 7 }, y: false, drag: { x: true, y: false, setScale: false } },
    hooks: {
      setCursor: [(u) => { if (u.cursor.idx != null && u.cursor.idx !== cursor) point(u.cursor.idx); }],
      setSelect: [(u) => {
        if (u.select.width < 8) return;
        show([u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')]);
        u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
      }],
    },
  };
  return new uPlot(options, [data.times, ...lines.map((s) => data[s.key])], chart);
}

function draw() {
  for (const old of plots) old.destroy();
  chart.hidden = false;
  for (const part of [...document.querySelectorAll('.keys, #chart-keys'), moment]) part.hidden = false;
  const stepped = uPlot.paths.stepped({ align: 1 });
  const line = (key, colour, more) => ({ key, stroke: style(colour), width: 1.5, ...more });
  plots = [
    plot(250, [
      line('roomC', '--room', { width: 2.5 }), line('targetC', '--target', { dash: [6, 4], paths: stepped }),
      // On an axis of its own: on the rooms' axis a frosty day would flatten the half degrees that matter indoors.
      line('outdoorC', '--outdoor', { scale: 'outdoor' }),
    ], { y: { range: around(4) }, outdoor: { range: around(8) } }, [
      timeAxis(), axis({ size: 46, values: inDegrees }),
      axis({ needs: 'outdoorC', scale: 'outdoor', side: 1, size: 46, stroke: style('--outdoor'), values: inDegrees, grid: { show: false } }),
    ]),
    plot(150, [
      line('presencePercent', '--cool', { scale: '%', fill: style('--cool-fill'), width: 1, paths: stepped }),
      line('heatPercent', '--heat', { scale: '%', fill: style('--heat-fill'), paths: stepped }),
      line('co2Ppm', '--air', { scale: 'ppm' }),
    ], { '%': { range: [0, 100] }, ppm: { range: (_, low, high) => [Math.min(400, low ?? 400), Math.max(1200, high ?? 0)] } }, [
      timeAxis(), axis({ scale: '%', size: 46, values: (_, t) => t.map((v) => share.format(v / 100)), splits: [0, 50, 100] }),
      axis({ needs: 'co2Ppm', scale: 'ppm', side: 1, size: 46, stroke: style('--air'), values: (_, t) => t.map((v) => tick.format(v)), grid: { show: false } }),
    ]),
  ];
  if (zoom) show(zoom);
  say(cursor ?? data.times.length - 1);
  chart.dataset.points = String(data.roomC.filter((v) => v != null).length);
}

// The values at one step, in the keys; read aloud only for whoever moves by keyboard.
function say(index) {
  moment.querySelector('time').textContent = at(exact, data.times[index]);
  for (const key of keys) key.querySelector('output').textContent = shown(key.dataset.series, data[key.dataset.series][index]);
}

function point(index) {
  cursor = index;
  say(index);
}

function move(by) {
  const [from, to] = ends();
  const index = Math.min(to, Math.max(from, (cursor ?? (by > 0 ? from - by : to - by)) + by));
  cursor = index;
  for (const u of plots) u.setCursor({ left: u.valToPos(data.times[index], 'x'), top: 10 }, false);
  point(index);
  said.textContent = [at(exact, data.times[index]), ...keys.filter((k) => !hidden.has(k.dataset.series)).map((k) => k.textContent.trim())].join(', ');
}

// The first and the last step that are in sight.
function ends() {
  const { min, max } = plots[0].scales.x;
  const last = data.times.findLastIndex((t) => t <= max);
  return [Math.max(0, data.times.findIndex((t) => t >= min)), last < 0 ? data.times.length - 1 : last];
}

function show(span) {
  const [first, last] = [data.times[0], data.times.at(-1)];
  const least = 12 * data.stepSeconds;
  if (span) {
    const width = Math.max(least, span[1] - span[0]);
    const min = Math.max(first, Math.min(last - width, (span[0] + span[1] - width) / 2));
    zoom = width >= last - first ? undefined : [min, min + width];
  } else zoom = undefined;
  for (const u of plots) u.setScale('x', { min: zoom?.[0] ?? first, max: zoom?.[1] ?? last });
  whole.hidden = !zoom;
  chart.dataset.zoom = zoom ? zoom.map(Math.round).join(' ') : '';
}

function zoomBy(factor, middle) {
  const { min, max } = plots[0].scales.x;
  const centre = middle ?? (cursor == null ? (min + max) / 2 : data.times[cursor]);
  show([centre - (centre - min) * factor, centre + (max - centre) * factor]);
}

const strokes = {
  ArrowLeft: () => move(-1), ArrowRight: () => move(1), PageUp: () => move(-12), PageDown: () => move(12),
  Home: () => move(-data.times.length), End: () => move(data.times.length),
  '+': () => zoomBy(0.5), '=': () => zoomBy(0.5), '-': () => zoomBy(2), 0: () => show(), Escape: () => show(),
};

chart.addEventListener('keydown', (event) => {
  if (!data || event.ctrlKey || event.metaKey || event.altKey || !strokes[event.key]) return;
  event.preventDefault();
  strokes[event.key]();
});

// Two fingers: the times under them stay under them.
let pinch;
const under = (touch) => plots[0].posToVal(touch.clientX - plots[0].over.getBoundingClientRect().left, 'x');
chart.addEventListener('touchstart', (event) => { pinch = event.touches.length === 2 ? [...event.touches].map(under).sort((a, b) => a - b) : undefined; }, { passive: true });
chart.addEventListener('touchmove', (event) => {
  if (!pinch || event.touches.length !== 2) return;
  event.preventDefault();
  const now = [...event.touches].map(under).sort((a, b) => a - b);
  if (now[1] - now[0] < data.stepSeconds) return;
  const { min, max } = plots[0].scales.x;
  const factor = (pinch[1] - pinch[0]) / (now[1] - now[0]);
  show([pinch[0] - (now[0] - min) * factor, pinch[1] + (max - now[1]) * factor]);
}, { passive: false });
chart.addEventListener('touchend', () => { pinch = undefined; });

for (const key of keys)
  key.addEventListener('click', () => {
    const name = key.dataset.series;
    const isShown = hidden.delete(name) || !hidden.add(name);
    key.setAttribute('aria-pressed', String(isShown));
    for (const u of plots) {
      const index = u.series.findIndex((s) => s.key === name);
      if (index > 0) u.setSeries(index, { show: isShown });
    }
  });
whole.addEventListener('click', () => { show(); chart.focus(); });
chart.addEventListener('dblclick', () => show());

async function load() {
  try {
    const answer = await fetch(chart.dataset.address);
    if (!answer.ok) return;
    data = await answer.json();
    draw();
  } catch {
    // The line above the page already says that the connection is lost; the chart keeps its last state.
  }
}

new ResizeObserver(() => { for (const u of plots) u.setSize({ width: chart.clientWidth, height: u.height }); }).observe(chart);
dark.addEventListener('change', () => { if (data) draw(); });
setInterval(() => { if (!document.hidden) load(); }, refresh);
load();
