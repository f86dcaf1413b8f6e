// Says below the second step whether this phone already opens the laptop by https, and again whenever that may have
// changed. The page works without it.
(function () {
  'use strict';
  var pause_ms = 3000;
  var tick = document.getElementById('tick');
  if (!tick || !window.fetch) return;
  var address = tick.getAttribute('data-https') + '/api/v1/hello';
  var timer = null;

  function say(state) {
    tick.setAttribute('data-state', state);
    tick.textContent = tick.getAttribute('data-' + state);
    tick.hidden = false;
    if (state !== 'trusted') timer = setTimeout(look, pause_ms);
  }

  // What comes back cannot be read from here; that anything does is enough.
  function ask(url) {
    return fetch(url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' });
  }

  function look() {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') return;
    ask(address).then(
      function () {
        say('trusted');
      },
      function () {
        ask('/api/v1/hello').then(
          function () {
            say('untrusted');
          },
          function () {
            say('away');
          },
        );
      },
    );
  }

  document.addEventListener('visibilitychange', look);
  look();
})();
