// Photos of a form: made small on the phone as soon as they are chosen, shown, and taken away
// again with one tap. The form works without this file; the server makes them small as well.
"use strict";

self.photos = (() => {
  const LONGEST = 1280, MOST_BYTES = 200_000, TOO_LARGE = 8 * 1024 * 1024;
  const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45];
  const sent = new WeakMap(); // file → promise of what is sent instead of it
  const chosen = new WeakMap(); // input → its files, in the order they were added

  // A JPEG of ≤ 1280 px and ≤ 200 KB; the file as it is where the browser cannot read it
  function scale(file) {
    if (!sent.has(file)) sent.set(file, drawn(file).catch(() => file));
    return sent.get(file);
  }

  async function drawn(file) {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => decoded(file));
    return smallEnough(image, LONGEST).finally(() => image.close?.());
  }

  // Older browsers: an <img> turns it as the camera was held
  async function decoded(file) {
    const image = Object.assign(new Image(), { src: URL.createObjectURL(file) });
    await image.decode().finally(() => URL.revokeObjectURL(image.src));
    return image;
  }

  async function smallEnough(image, side) {
    const canvas = canvasOf(image, side);
    for (const quality of QUALITIES) {
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
      if (!blob) throw new Error("no picture");
      if (blob.size <= MOST_BYTES) return blob;
    }
    return smallEnough(image, side * 0.8);
  }

  function canvasOf(image, side) {
    const by = Math.min(1, side / Math.max(image.width, image.height));
    const [width, height] = [image.width, image.height].map((length) => Math.max(1, Math.round(length * by)));
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const pen = Object.assign(canvas.getContext("2d"), { fillStyle: "#fff", imageSmoothingQuality: "high" });
    pen.fillRect(0, 0, width, height); // under what shines through
    pen.drawImage(image, 0, 0, width, height);
    return canvas;
  }

  const fieldOf = (input) => input.closest(".photo-field"), filesOf = (input) => chosen.get(input) ?? [];

  // How many more than those it has from before: on the server, or with the entry that is mended
  function roomIn(input) {
    const kept = fieldOf(input).querySelectorAll("input[name=photo]:checked").length;
    return Math.max(0, fieldOf(input).dataset.most - kept - JSON.parse(input.form.dataset.photos ?? "[]").length);
  }

  // Whether all of them had room
  function set(input, files) {
    const fitting = files.slice(0, roomIn(input)), carrier = new DataTransfer();
    fitting.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    chosen.set(input, fitting);
    show(input);
    return fitting.length === files.length;
  }

  async function add(input, files) {
    fieldOf(input).querySelector(".photo-bad").hidden = true;
    fieldOf(input).querySelector(".photo-full").hidden = set(input, [...filesOf(input), ...files]);
    for (const file of files) await shrink(input, file);
  }

  // What is chosen gives way to what is sent; what nobody can make small enough is said and goes
  async function shrink(input, file) {
    const blob = await scale(file);
    if (!filesOf(input).includes(file) || (blob === file && file.size <= TOO_LARGE)) return;
    const small = blob === file ? [] : [ready(blob)];
    set(input, filesOf(input).flatMap((one) => (one === file ? small : [one])));
    if (small.length) return;
    fieldOf(input).querySelector(".photo-bad").hidden = false;
    document.dispatchEvent(new CustomEvent("photo-too-large", { detail: { name: file.name, size: file.size } }));
  }

  function ready(blob) {
    const file = new File([blob], "photo.jpg", { type: blob.type });
    return sent.set(file, Promise.resolve(file)) && file;
  }

  // Photos that were made small before (an entry that is mended) stand in the field again
  const put = (input, blobs) => set(input, [...filesOf(input), ...blobs.map(ready)]);

  function show(input) {
    const list = fieldOf(input).querySelector(".photos.new"), mould = fieldOf(input).querySelector("template");
    list.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    list.replaceChildren(...filesOf(input).map((file) => {
      const item = mould.content.firstElementChild.cloneNode(true);
      item.querySelector("img").src = URL.createObjectURL(file);
      item.querySelector("button").onclick = () => drop(input, file);
      return item;
    }));
  }

  function drop(input, file) {
    fieldOf(input).querySelector(".photo-full").hidden = set(input, filesOf(input).filter((one) => one !== file));
    input.focus();
  }

  function prepare(input) {
    if (!self.DataTransfer || !fieldOf(input)) return;
    fieldOf(input).classList.add("live");
    // an input's own list is what was chosen last; it becomes all that was chosen
    input.addEventListener("change", () => add(input, [...input.files].filter((file) => !filesOf(input).includes(file))));
    fieldOf(input).addEventListener("change", ({ target }) => target.name === "photo" && add(input, []));
  }

  document.querySelectorAll("input[data-photos]").forEach(prepare);
  return { scale, put };
})();
