// Photos that another app shares to this one. The service worker keeps them sealed on the phone and
// opens ＋登记, where js/shared.js shows them.
"use strict";

// The answer to the browser's POST, without the server
self.sharedPhotos = async (request) => {
  const { disk } = outbox, author = await disk.get("meta", "author");
  if (!author) return fetch(request); // nobody has signed in on this phone
  const told = (await request.formData()).getAll("photos").slice(0, 6);
  const named = new Set((await disk.all("entries")).flatMap((row) => row.photos));
  const unused = (await disk.all("photos")).filter(({ sha }) => !named.has(sha)); // shared before, and left out
  await disk.within(["photos"], "readwrite", (store) => unused.forEach(({ sha }) => store.delete(sha)));
  const shas = await Promise.all(told.map((file) => outbox.keepPhoto(file, author)));
  return Response.redirect(`/record?${new URLSearchParams(shas.map((sha) => ["photo", sha]))}`, 303);
};
