// Draws the table of the energy page as stacked bars; what the table says is what is drawn, gaps included.
/* global uPlot */
const chart = document.getElementById('bars');
const told = document.getElementById('bar-told');
const table = document.getElementById('bars-table');
const language = document.documentElement.lang;
const dark = matchMedia('(prefers-color-scheme: dark)');
const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const colours = { InUse: '--use', Night: '--night', Weekend: '--weekend', Holiday: '--holiday' };
const heads = [...table.tHead.rows[0].cells];
const uses = heads.filter((cell) => cell.dataset.use).map((cell) => ({ name: cell.dataset.use, label: cell.textContent.trim() }));
const rows = [...table.tBodies[0].rows].map((row) => ({
  label: row.dataset.label,
  values: row.dataset.bar ? row.dataset.bar.split(',').map(Number) : uses.map(() => null),
  told: [...row.cells].slice(1).map((cell, i) => `${heads[i + 1].textContent.trim()} ${cell.textContent.trim()}`),
}));
let plot;
let at = -1;

document.documentElement.classList.add('script');
const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const font = '12px system-ui, sans-serif';

// Only uses that occur get a colour in the picture; each bar is drawn from the top of its stack to the ground, the highest first.
function stacked() {
  const shown = uses.map((use, i) => ({ ...use, i })).filter(({ i }) => rows.some((row) => row.values[i] > 0));
  const sums = shown.map((_, n) => rows.map((row) => (row.values[0] == null ? null : shown.slice(0, n + 1).reduce((sum, { i }) => sum + row.values[i], 0))));
  return { shown: shown.reverse(), sums: sums.reverse() };
}

function tell(index) {
  at = index;
  const row = rows[index];
  told.textContent = row ? `${row.label}: ${row.told.filter((part) => !/ (0|0[.,]0)\u00a0/.test(part)).join(' · ')}` : '';
}

function draw() {
  chart.hidden = false;
  const { shown, sums } = stacked();
  const bars = uPlot.paths.bars({ size: [0.72, 72], align: 0 });
  const every = Math.max(1, Math.ceil(rows.length / Math.max(1, Math.floor(chart.clientWidth / 48))));
  plot?.destroy();
  plot = new uPlot({
    width: chart.clientWidth,
    height: 300,
    scales: { x: { time: false, range: [-0.6, rows.length - 0.4] }, y: { range: (_, low, high) => [0, Math.max(1, (high ?? 1) * 1.06)] } },
    series: [{ label: '' }, ...shown.map(({ label, name, i }) => ({
      label, stroke: style(colours[name]), fill: style(colours[name]), width: 0, paths: bars, points: { show: false },
      value: (_, value, __, index) => (value == null || index == null ? '–' : `${number.format(rows[index].values[i])}\u00a0${chart.dataset.unit}`),
    }))],
    axes: [
      { stroke: style('--muted'), font, size: 30, grid: { show: false }, ticks: { show: false }, splits: () => rows.map((_, i) => i).filter((i) => i % every === 0), values: (_, ticks) => ticks.map((i) => rows[i].label) },
      { stroke: style('--muted'), font, size: 62, grid: { stroke: style('--line'), width: 1 }, ticks: { show: false }, values: (_, ticks) => ticks.map((v) => number.format(v)) },
    ],
    cursor: { x: false, y: false, points: { show: false }, drag: { x: false, y: false } },
    legend: { live: true, markers: { width: 0, fill: (u, n) => (n === 0 ? null : u.series[n].fill()) } },
    hooks: { setCursor: [(u) => { if (u.cursor.idx != null && u.cursor.left >= 0) tell(u.cursor.idx); }] },
  }, [rows.map((_, i) => i), ...sums], chart);
  chart.dataset.points = String(rows.filter((row) => row.values[0] != null).length);
}

chart.addEventListener('keydown', (event) => {
  const to = { ArrowRight: at + 1, ArrowLeft: at < 0 ? rows.length - 1 : at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to == null) return;
  event.preventDefault();
  const index = Math.min(rows.length - 1, Math.max(0, to));
  plot.setCursor({ left: plot.valToPos(index, 'x'), top: 0 });
  plot.setLegend({ idx: index });
  tell(index);
});

new ResizeObserver(() => { if (plot && plot.width !== chart.clientWidth) draw(); }).observe(chart);
dark.addEventListener('change', draw);
draw();
