// The button that prints; without script the browser's own menu does.
const button = document.querySelector('.print');
button.hidden = false;
button.addEventListener('click', () => print());
