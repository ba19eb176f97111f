// Draws a zone's last day: temperatures above, heating and CO2 below, on one time axis and one cursor.
/* global uPlot */
const chart = document.getElementById('chart');
const language = document.documentElement.lang;
const zone = chart.dataset.zone;
const hour = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
const dark = matchMedia('(prefers-color-scheme: dark)');
const refresh = 60_000;
let plots = [];

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const shown = (digits, unit) => {
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (_, value) => (value == null ? '–' : `${number.format(value).replace('-', '−')}\u00a0${unit}`);
};

const font = '12px system-ui, sans-serif';
const axis = (more) => ({ stroke: style('--muted'), font, grid: { stroke: style('--line'), width: 1 }, ticks: { show: false }, ...more });

function timeAxis() {
  return axis({ values: (_, ticks) => ticks.map((t) => hour.format(new Date(t * 1000))), space: 56, size: 28 });
}

function options(height, series, scales, axes) {
  return {
    width: chart.clientWidth, height, series, scales, axes,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    cursor: { sync: { key: 'zone' }, points: { size: 7 }, y: false },
    legend: { live: true, markers: { width: 3 } },
    // Before anybody points at a time, the legend tells the latest values.
    hooks: { ready: [(plot) => plot.setLegend({ idx: plot.data[0].length - 1 })] },
  };
}

const moment = { label: chart.dataset.time, value: (_, t) => (t == null ? '–' : hour.format(new Date(t * 1000))) };

const inDegrees = (_, ticks) => ticks.map((t) => `${t}°`.replace('-', '−'));

// The data with some air, and never a range so narrow that noise looks like news.
const around = (least) => (_, low, high) => {
  if (low == null) return [0, 25];
  const middle = (low + high) / 2;
  const half = Math.max(least, high - low + 1) / 2;
  return [Math.floor(middle - half), Math.ceil(middle + half)];
};

function temperatures({ times, roomC, targetC, outdoorC }) {
  const value = shown(1, '°C');
  const steps = uPlot.paths.stepped({ align: 1 });
  return new uPlot(options(250, [
    moment,
    { label: chart.dataset.room, value, stroke: style('--room'), width: 2.5 },
    { label: chart.dataset.target, value, stroke: style('--target'), width: 1.5, dash: [6, 4], paths: steps },
    // On an axis of its own: on the rooms' axis a frosty day would flatten the half degrees that matter indoors.
    { label: chart.dataset.outdoor, value, scale: 'outdoor', stroke: style('--outdoor'), width: 1.5 },
  ], { y: { range: around(4) }, outdoor: { range: around(8) } }, [
    timeAxis(), axis({ size: 46, values: inDegrees }), axis({ scale: 'outdoor', side: 1, size: 46, stroke: style('--outdoor'), values: inDegrees, grid: { show: false } }),
  ]), [times, roomC, targetC, outdoorC], chart);
}

function heatAndAir({ times, heatPercent, co2Ppm }) {
  const withAir = co2Ppm.some((v) => v != null);
  const series = [moment, { label: chart.dataset.heat, value: shown(0, '%'), scale: '%', stroke: style('--heat'), fill: style('--heat-fill'), width: 1.5, paths: uPlot.paths.stepped({ align: 1 }) }];
  const axes = [timeAxis(), axis({ scale: '%', size: 46, values: (_, ticks) => ticks.map((t) => `${t}%`), splits: [0, 50, 100] })];
  const data = [times, heatPercent];
  if (withAir) {
    series.push({ label: 'CO₂', value: shown(0, 'ppm'), scale: 'ppm', stroke: style('--air'), width: 1.5 });
    axes.push(axis({ scale: 'ppm', side: 1, size: 46, stroke: style('--air'), grid: { show: false } }));
    data.push(co2Ppm);
  }
  const scales = { '%': { range: [0, 100] }, ppm: { range: (_, low, high) => [Math.min(400, low ?? 400), Math.max(1200, high ?? 0)] } };
  return new uPlot(options(150, series, scales, axes), data, chart);
}

function draw(data) {
  for (const plot of plots) plot.destroy();
  chart.hidden = false;
  plots = [temperatures(data), heatAndAir(data)];
  chart.dataset.points = String(data.roomC.filter((v) => v != null).length);
}

async function load() {
  try {
    const answer = await fetch(chart.dataset.address);
    if (answer.ok) draw(chart.data = await answer.json());
  } catch {
    // The line above the page already says that the connection is lost; the chart keeps its last state.
  }
}

new ResizeObserver(() => { for (const plot of plots) plot.setSize({ width: chart.clientWidth, height: plot.height }); }).observe(chart);
dark.addEventListener('change', () => { if (chart.data) draw(chart.data); });
setInterval(() => { if (!document.hidden) load(); }, refresh);
load();
