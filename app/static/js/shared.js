// Photos that another app shares to this one. The service worker keeps them sealed on the phone and
// opens ＋登记; whatever form is opened next there has them already, to be kept or left out.
"use strict";

// For the service worker: the answer to the browser's POST, without the server
self.sharedPhotos = async (request) => {
  const { disk } = outbox, author = await disk.get("meta", "author");
  if (!author) return fetch(request); // nobody has signed in on this phone: the server says so
  const told = await request.formData();
  const files = told.getAll("photos").filter((file) => file.type?.startsWith("image/")).slice(0, 6);
  await forgetUnnamed();
  const shas = await Promise.all(files.map(async (file) => outbox.keepPhoto(await small(file), author)));
  return Response.redirect(`/record?${new URLSearchParams(shas.map((sha) => ["photo", sha]))}`, 303);

  function small(file) {
    return self.photos ? photos.scale(file).catch(() => file) : file;
  }

  // Those shared before that no entry has taken up
  async function forgetUnnamed() {
    const named = new Set((await disk.all("entries")).flatMap((row) => row.photos));
    const left = (await disk.all("photos")).filter(({ sha }) => !named.has(sha));
    await disk.within(["photos"], "readwrite", (store) => left.forEach(({ sha }) => store.delete(sha)));
  }
};

if (self.document) (() => {
  const words = document.getElementById("shared-words");
  const given = new URLSearchParams(location.search).getAll("photo");
  if (given.length) sessionStorage.shared = given.join();
  const shas = sessionStorage.shared?.split(",") ?? [];
  const forget = () => sessionStorage.removeItem("shared");
  if (!words || !shas.length) return;

  const menu = document.getElementById("shared"), field = document.querySelector(".photo-field");
  if (menu) sayOn(menu);
  if (field) putInto(field);

  function sayOn(place) {
    place.hidden = false;
    place.querySelector("[data-n]").textContent = shas.length;
    place.querySelector("button").addEventListener("click", () => { forget(); place.remove(); });
  }

  function putInto(place) {
    const list = words.content.querySelector("ul").cloneNode(true), item = list.firstElementChild;
    list.replaceChildren(...shas.map((sha) => {
      const one = item.cloneNode(true);
      one.querySelector("input").value = sha;
      draw(one.querySelector("img"), sha);
      return one;
    }));
    place.querySelector(".photos.new").before(list);
    field.closest("form").addEventListener("submit", forget);
  }

  // From the phone, if it may be read now; else as the server has it
  async function draw(image, sha) {
    const photo = await self.outbox?.disk.get("photos", sha), key = photo && await seal.unlocked();
    const bytes = key && await seal.openBytes(key.box, photo.sealed).catch(() => null);
    image.src = bytes ? URL.createObjectURL(new Blob([bytes], { type: photo.type })) : `/photos/${sha}?small=1`;
  }
})();
