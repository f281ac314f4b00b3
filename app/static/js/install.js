// How to have the app on the home screen: offered once on 今日, until she looks or waves it away;
// on the page about it a browser that can do it by itself gets a button for it.
"use strict";

(() => {
  const offer = document.getElementById("install-offer");
  const button = document.getElementById("install");
  const isInstalled = navigator.standalone || matchMedia("(display-mode: standalone)").matches;

  if (offer && !isInstalled && !localStorage.installOffered) {
    offer.hidden = false;
    offer.addEventListener("click", ({ target }) => {
      if (!target.closest("a, button")) return;
      localStorage.installOffered = "yes";
      offer.hidden = true;
    });
  }
  if (!button) return;

  const done = () => {
    button.hidden = true;
    document.getElementById("installed").hidden = false;
  };
  if (isInstalled) done();
  addEventListener("appinstalled", done);
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    button.hidden = false;
    button.onclick = () => {
      button.hidden = true; // a browser lets itself be asked only once
      event.prompt();
    };
  });
})();
