// Blocks the first paint on purpose: a theme that arrives later flashes. It is a file of its own because the
// content security policy allows no inline script.
(function () {
  var wanted;
  try {
    wanted = JSON.parse(localStorage.getItem('watchfloor.preferences') || '{}').state.theme;
  } catch {
    // Without preferences, or with a store that may not be read, the system decides.
  }
  var isLight = wanted === 'light' || (wanted !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
})();
