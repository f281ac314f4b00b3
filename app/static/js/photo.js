// Photos of a form: made small on the phone as soon as they are chosen, shown, and taken away
// again with one tap. The form works without this file; the server makes them small as well.
"use strict";

self.photos = (() => {
  const LONGEST = 1280, MOST_BYTES = 200_000, TOO_LARGE = 8 * 1024 * 1024;
  const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45];
  const small = new WeakMap(); // file → promise of what is sent instead of it
  const chosen = new WeakMap(); // input → its files, in the order they were added

  // --- making small

  // A JPEG of ≤ 1280 px and ≤ 200 KB; the file as it is where the browser cannot read it
  function scale(file) {
    if (!small.has(file)) small.set(file, drawn(file).catch(() => file));
    return small.get(file);
  }

  async function drawn(file) {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => decoded(file));
    return smallEnough(image, LONGEST).finally(() => image.close?.());
  }

  // Older browsers: an <img> turns it as the camera was held
  async function decoded(file) {
    const image = new Image(), url = URL.createObjectURL(file);
    image.src = url;
    await image.decode().finally(() => URL.revokeObjectURL(url));
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
    const canvas = document.createElement("canvas"), by = Math.min(1, side / Math.max(image.width, image.height));
    canvas.width = Math.max(1, Math.round(image.width * by));
    canvas.height = Math.max(1, Math.round(image.height * by));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // under what shines through
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  // --- the field

  const fieldOf = (input) => input.closest(".photo-field");
  const filesOf = (input) => chosen.get(input) ?? [];
  const isNew = (input) => (file) => !filesOf(input).includes(file);

  function set(input, files) {
    const kept = fieldOf(input).querySelectorAll("input[name=photo]:checked").length;
    const room = Math.max(0, Number(fieldOf(input).dataset.most) - kept);
    const carrier = new DataTransfer();
    files.slice(0, room).forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    chosen.set(input, files.slice(0, room));
    fieldOf(input).querySelector(".photo-full").hidden = files.length <= room;
    show(input);
  }

  async function add(input, files) {
    fieldOf(input).querySelector(".photo-bad").hidden = true;
    set(input, [...filesOf(input), ...files]);
    for (const file of files) await shrink(input, file);
  }

  // What is chosen gives way to what is sent; what nobody can make small enough is said and goes
  async function shrink(input, file) {
    const blob = await scale(file);
    if (!filesOf(input).includes(file) || (blob === file && file.size <= TOO_LARGE)) return;
    if (blob !== file) return set(input, filesOf(input).map((one) => (one === file ? ready(blob) : one)));
    set(input, filesOf(input).filter((one) => one !== file));
    fieldOf(input).querySelector(".photo-bad").hidden = false;
    document.dispatchEvent(new CustomEvent("photo-too-large", { detail: { name: file.name, size: file.size } }));
  }

  function ready(blob) {
    const file = new File([blob], "photo.jpg", { type: blob.type });
    small.set(file, Promise.resolve(file));
    return file;
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
    set(input, filesOf(input).filter((one) => one !== file));
    input.focus();
  }

  function prepare(input) {
    if (!self.DataTransfer || !fieldOf(input)) return;
    fieldOf(input).classList.add("live");
    input.addEventListener("change", () => add(input, [...input.files].filter(isNew(input))));
    for (const kept of fieldOf(input).querySelectorAll("input[name=photo]")) {
      kept.addEventListener("change", () => set(input, filesOf(input)));
    }
  }

  document.querySelectorAll("input[data-photos]").forEach(prepare);
  return { scale, put };
})();
