// Photos that another app shared to this one (js/share_target.js keeps them on the phone): whatever
// form is opened next there has them already, to be kept or left out.
"use strict";

(() => {
  const given = new URLSearchParams(location.search).getAll("photo");
  if (given.length) sessionStorage.shared = given.join();
  const shas = sessionStorage.shared?.split(",") ?? [];
  const forget = () => sessionStorage.removeItem("shared");
  const bar = document.getElementById("shared"), input = document.querySelector("input[data-photos]");
  if (!shas.length) return;

  if (bar) {
    bar.hidden = false;
    bar.querySelector("[data-n]").textContent = shas.length;
    bar.querySelector("button").onclick = () => { forget(); bar.remove(); };
  }
  if (input) {
    input.form.addEventListener("submit", forget);
    shas.reduce((before, sha) => before.then(() => putInto(input, sha)), Promise.resolve());
  }

  // Chosen as if from the album; one that cannot be read here (it is locked, or on the server) by its name
  async function putInto(input, sha) {
    const photo = await self.outbox?.disk.get("photos", sha), key = photo && await seal.unlocked();
    const bytes = key && await seal.openBytes(key.box, photo.sealed).catch(() => null);
    if (bytes) return photos.put(input, [await photos.scale(new Blob([bytes], { type: photo.type }))]);
    const item = document.getElementById("shared-words").content.firstElementChild.cloneNode(true);
    item.querySelector("input").value = sha;
    item.querySelector("img").src = `/photos/${sha}?small=1`;
    input.closest(".photo-field").querySelector(".photos.new").before(item);
  }
})();
