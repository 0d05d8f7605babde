// The receiver's page: asks /api/status once a second and shows every rig and camera live.
// All text from the receiver goes through textContent and all addresses through encodeURIComponent: peers choose their names.

const POLL_MS = 1000, TIMEOUT_MS = 3000, MAX_RETRY_MS = 10000;
// A browser opens six HTTP/1.1 connections to one host. Four streams leave one for the status and one for stills.
const MAX_STREAMS = 4;
// A camera slower than this (a timelapse) gets stills: its stream would show nothing until the next picture.
const SLOW_SECONDS = 5;
const FROZEN_MS = 6000; // a stream that shows the same picture for this long, while frames arrive, has ended

const $ = (id) => document.getElementById(id);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const tiles = { rigs: new Map(), cameras: new Map() };
const allTiles = () => [...tiles.rigs.values(), ...tiles.cameras.values()];
let serial = 0, linkLost = false, lastUptime = 0;

// ---- Words and numbers. A null is "not known yet" and shows as a dash.
const isNumber = (n) => typeof n === "number" && Number.isFinite(n);
const number = (n, digits = 0) => isNumber(n)
  ? n.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }) : "–";
const quantity = (n, unit, digits) => (isNumber(n) ? `${number(n, digits)} ${unit}` : "–");
const millis = (n) => number(n, n > 0 && n < 10 ? 1 : 0);
const twoMillis = (a, b) => (isNumber(a) || isNumber(b) ? `${millis(a)} / ${millis(b)} ms` : "–");
const counts = (pairs) => pairs.filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}`).join(", ");

function duration(seconds) {
  if (!isNumber(seconds)) return "–";
  const s = Math.floor(seconds), m = Math.floor(s / 60), h = Math.floor(m / 60), d = Math.floor(h / 24);
  if (d > 0) return `${d} d ${h % 24} h`;
  if (h > 0) return `${h} h ${m % 60} min`;
  return m > 0 ? `${m} min ${s % 60} s` : `${s} s`;
}

/** The receiver's words for what the skew allows, and their colour. */
const verdictOf = (verdict) => [verdict ?? "", { good: "good", fair: "warn" }[verdict] ?? "bad"];

/** What pairs go by, and how far that can be trusted. */
function pairedOf(rig) {
  if (rig.pairedBy === "arrival") return ["by time of arrival", "bad"];
  if (rig.pairedBy !== "stamps") return ["", ""];
  const error = rig.skewMs?.errorMs;
  return isNumber(error) ? [`by stamps, within ${millis(error)} ms`, error <= 5 ? "good" : "warn"] : ["by stamps, clocks not compared", "warn"];
}

/** Whose clock a camera's times are on. A positive offset is a clock that is behind. */
function clockOf(clock) {
  if (!clock) return "–";
  const error = isNumber(clock.errorMs) ? ` ± ${millis(clock.errorMs)} ms` : "";
  if (clock.source === "receiver") return `receiver's${error}, off by ${clockOff(clock.offsetMs)}`;
  return clock.source === "ntp" ? `its own, set by NTP${error}` : `its own, not compared${error}`;
}

const clockOff = (ms) => (Math.abs(ms) < 1000 ? `${number(ms, 1)} ms` : `${ms < 0 ? "-" : ""}${duration(Math.abs(ms) / 1000)}`);

function lossesOf(rig) {
  const parts = [[rig.unpaired?.left, "left unpaired"], [rig.unpaired?.right, "right unpaired"], [rig.replaced, "replaced by newer"]];
  return parts.some(([count]) => isNumber(count)) ? counts(parts) || "none" : "–";
}

// ---- The document. Texts are written only when they change, so that screen readers and selections stay undisturbed.
const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };

function fill(tile, texts) {
  for (const [name, text] of Object.entries(texts)) setText(tile.fields.get(name), text);
}

function setChip(tile, name, text, kind) {
  fill(tile, { [name]: text });
  tile.fields.get(name).className = `chip ${kind}`;
}

function newTile(kind, address, label, stream, still) {
  const root = $(kind).content.firstElementChild.cloneNode(true);
  const byData = (key) => new Map([...root.querySelectorAll(`[data-${key}]`)].map((node) => [node.dataset[key], node]));
  const tile = {
    root, fields: byData("field"), links: byData("link"), live: root.querySelector(".live"), canvas: root.querySelector(".stage canvas"),
    streamUrl: address + stream, stillUrl: address + still,
    visible: false, playing: false, wantsStill: false, failures: 0, retryAt: 0, stillAge: null, print: "", printAt: 0, printAge: null,
  };
  root.querySelector(".stage").setAttribute("aria-label", label);
  tile.live.alt = label;
  for (const [file, link] of tile.links) link.href = `${address}${file}`;
  tile.live.addEventListener("load", () => { tile.failures = 0; });
  tile.live.addEventListener("error", () => { if (tile.playing) backOff(tile); });
  const full = root.querySelector(".full");
  full.hidden = !document.fullscreenEnabled;
  full.setAttribute("aria-label", `Full screen: ${label}`);
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : full.parentElement.requestFullscreen()));
  root.tile = tile;
  sight.observe(root);
  return tile;
}

/** Keeps one tile per item, in the items' order; a tile lives as long as its name does. */
function keep(map, container, items, create, update) {
  const names = new Set(items.map((item) => item.name));
  for (const [name, tile] of map) if (!names.has(name)) {
    stop(tile);
    sight.unobserve(tile.root);
    tile.root.remove();
    map.delete(name);
  }
  items.forEach((item, index) => {
    if (!map.has(item.name)) map.set(item.name, create(item));
    const tile = map.get(item.name);
    if (container.children[index] !== tile.root) container.insertBefore(tile.root, container.children[index] ?? null);
    update(tile, item);
  });
}

// ---- Pictures. A tile shows its stream (an <img>) above its last still (a <canvas>), so it never goes blank once it had a picture.
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) target.tile.visible = isIntersecting;
  shareStreams();
}, { rootMargin: "100px" });

function play(tile) {
  if (tile.playing || Date.now() < tile.retryAt) return;
  Object.assign(tile, { playing: true, printAt: Date.now() });
  tile.live.hidden = false;
  tile.live.src = `${tile.streamUrl}?n=${++serial}`; // a fresh query: a browser may join a request that is already dying
}

function stop(tile) {
  if (!tile.playing) return;
  tile.playing = false;
  paint(tile, tile.live);
  tile.live.hidden = true;
  tile.live.removeAttribute("src"); // closes the connection; the receiver then stops working for us
}

function backOff(tile) {
  stop(tile);
  tile.retryAt = Date.now() + Math.min(MAX_RETRY_MS, POLL_MS * 2 ** tile.failures++);
}

function restart(tile) {
  stop(tile);
  Object.assign(tile, { stillAge: null, retryAt: 0 });
}

function paint(tile, picture) {
  if (!picture.naturalWidth) return;
  Object.assign(tile.canvas, { width: picture.naturalWidth, height: picture.naturalHeight, hidden: false });
  tile.canvas.getContext("2d").drawImage(picture, 0, 0);
}

/** Gives the streams to the first tiles in sight, rigs before cameras; the others in sight get stills. */
function shareStreams() {
  let free = document.hidden ? 0 : MAX_STREAMS;
  const whole = document.fullscreenElement;
  for (const tile of allTiles()) {
    const seen = !document.hidden && (whole ? tile.root.contains(whole) : tile.visible);
    const streams = seen && !tile.away && !tile.slow && free > 0;
    if (streams) free--;
    tile.wantsStill = seen && !streams;
    if (!streams) stop(tile);
    else if (!linkLost) play(tile);
  }
}

const sample = Object.assign(document.createElement("canvas"), { width: 32, height: 24 }).getContext("2d", { willReadFrequently: true });

/** A stream that the receiver ended without an error looks like a still picture to the browser: no event tells. */
function restartWhenFrozen(tile) {
  if (!tile.playing || !tile.live.naturalWidth || Date.now() - tile.printAt < FROZEN_MS) return;
  sample.drawImage(tile.live, 0, 0, 32, 24);
  const print = sample.getImageData(0, 0, 32, 24).data.join();
  const frozen = print === tile.print && tile.age !== tile.printAge; // newer frames came, the picture is the same
  Object.assign(tile, { print, printAt: Date.now(), printAge: tile.age });
  if (frozen) backOff(tile);
}

/** One still at a time, so that stills never take more than one connection; only when there is a newer picture. */
async function refreshStills() {
  for (;;) {
    for (const tile of allTiles()) {
      if (tile.wantsStill && !linkLost && tile.age !== tile.stillAge && Date.now() >= tile.retryAt) await refreshStill(tile);
    }
    await pause(POLL_MS);
  }
}

async function refreshStill(tile) {
  const age = tile.age, picture = new Image();
  try {
    picture.src = `${tile.stillUrl}?n=${++serial}`;
    await Promise.race([picture.decode(), pause(TIMEOUT_MS).then(() => { throw new Error("no picture in time"); })]);
    paint(tile, picture);
    Object.assign(tile, { stillAge: age, failures: 0 });
  } catch {
    backOff(tile);
  } finally {
    picture.removeAttribute("src"); // a rig's still is the first picture of its stream
  }
}

// ---- Rigs
const STOPS = ["30123b", "4040a2", "466be3", "4294ff", "28bceb", "18ddc2", "32f298", "6dfe62", "a4fc3c",
  "cbed34", "ecd13a", "fdae35", "fb8122", "ec530f", "d23105", "ac1701", "7a0403"]; // Turbo at every sixteenth, far to near
const ROUND_METRES = [0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200];
const LABEL_GAP = 0.09; // of the bar's height

function newRig(rig) {
  const address = `/rigs/${encodeURIComponent(rig.name)}/`;
  const tile = newTile("rig", address, `Live depth picture of rig ${rig.name}`, "disparity.mjpg", "disparity.mjpg");
  paintScale(tile.root.querySelector(".scale canvas"));
  return tile;
}

function paintScale(canvas) {
  const context = canvas.getContext("2d");
  const colours = context.createLinearGradient(0, canvas.height, 0, 0);
  STOPS.forEach((stop, index) => colours.addColorStop(index / (STOPS.length - 1), `#${stop}`));
  context.fillStyle = colours;
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** The labels of the bar, [text, place from the top 0..1]: the bar is even in disparity, so metres crowd at the far end. */
function ticksOf(rig) {
  const near = rig.minDisparity + rig.numDisparities;
  const focal = rig.focalLengthPx * rig.baselineMetres; // depth = focal / disparity
  const step = [1, 2, 5, 10, 20, 50].find((px) => rig.numDisparities / px <= 8) ?? 100;
  const marks = focal > 0
    ? ROUND_METRES.map((metres) => [`${metres} m`, focal / metres])
    : Array.from({ length: 9 }, (_, i) => (Math.floor(near / step) - i) * step).map((px) => [`${px} px`, px]);
  const ticks = [];
  for (const [text, disparity] of marks) {
    const place = (near - disparity) / rig.numDisparities;
    if (place >= 0 && place <= 1 && place - (ticks.at(-1)?.[1] ?? -1) >= LABEL_GAP) ticks.push([text, place]);
  }
  return ticks;
}

function updateScale(tile, rig) {
  const scale = tile.root.querySelector(".scale");
  scale.hidden = !(isNumber(rig.minDisparity) && rig.numDisparities > 0);
  if (scale.hidden) return;
  const ticks = ticksOf(rig), label = `Scale, near to far: ${ticks.map(([text, place]) => `${text} at ${number(place * 100)} %`).join(", ")}`;
  if (scale.getAttribute("aria-label") === label) return;
  scale.setAttribute("aria-label", label);
  scale.querySelector(".ticks").replaceChildren(...ticks.map(([text, place]) => {
    const item = document.createElement("li");
    item.textContent = text;
    item.style.top = `${(place * 100).toFixed(1)}%`;
    return item;
  }));
}

function updateRig(tile, rig, cameras) {
  const [left, right] = [rig.left, rig.right].map((name) => cameras.find((camera) => camera.name === name));
  const missing = [left, right].filter((camera) => camera?.connected === false).map((camera) => camera.name);
  showPresence(tile, missing.length > 0, rig.pairs, left);
  updateScale(tile, rig);
  setChip(tile, "verdict", ...verdictOf(rig.skewMs?.verdict));
  setChip(tile, "paired", ...pairedOf(rig));
  setChip(tile, "calibrated", { true: "calibrated", false: "taken as rectified" }[rig.calibrated] ?? "", rig.calibrated ? "good" : "warn");
  tile.links.get("calibration").hidden = rig.calibrated !== true;
  fill(tile, {
    name: rig.name,
    cameras: `left ${rig.left}, right ${rig.right}`,
    error: rig.error ?? (missing.length > 0 ? `Waiting for ${missing.join(" and ")}.` : ""),
    pairs: quantity(rig.pairsPerSecond, "/s", 1),
    fps: quantity(rig.disparityFps, "/s", 1),
    latency: twoMillis(rig.latencyMs?.p50, rig.latencyMs?.p99),
    skew: twoMillis(rig.skewMs?.p50, rig.skewMs?.max),
    density: quantity(rig.density && rig.density * 100, "%"),
    losses: lossesOf(rig),
  });
}

// ---- Cameras
function newCamera(camera) {
  const address = `/cameras/${encodeURIComponent(camera.node)}/${encodeURIComponent(camera.camera)}/`;
  return newTile("camera", address, `Live picture of camera ${camera.name}`, "stream.mjpg", "snapshot.jpg");
}

/** What decides between stream and still: gone or back, slow or fast, and how new its last picture is. */
function showPresence(tile, away, age, camera) {
  if (tile.away && !away) restart(tile);
  tile.away = away;
  tile.slow = camera?.lastFrameSecondsAgo > SLOW_SECONDS || (isNumber(camera?.fps) && camera.fps < 1 / SLOW_SECONDS);
  tile.age = age ?? undefined;
  tile.root.classList.toggle("away", away);
  if (camera?.width > 0 && camera.height > 0) tile.root.style.setProperty("--aspect", camera.width / camera.height);
}

function updateCamera(tile, camera) {
  const away = camera.connected === false;
  showPresence(tile, away, camera.frames, camera);
  const last = away || camera.lastFrameSecondsAgo > SLOW_SECONDS ? `last frame ${duration(camera.lastFrameSecondsAgo)} ago` : "";
  setChip(tile, "state", away ? `disconnected, ${last}` : last, away ? "bad" : "");
  setChip(tile, "stamp", camera.stamped === false ? "unverified / no stamp (legacy)" : "", "warn");
  setChip(tile, "protection", camera.protection ?? "", ["TLS", "this machine"].includes(camera.protection) ? "good" : "warn");
  fill(tile, {
    name: camera.name,
    address: camera.address ?? "",
    fps: quantity(camera.fps, "fps", 1),
    latency: twoMillis(camera.latencyMs?.p50, camera.latencyMs?.p99),
    frames: number(camera.frames),
    size: camera.width > 0 ? `${camera.width} × ${camera.height}` : "–",
    data: quantity(camera.bytesPerSecond && camera.bytesPerSecond / 1e6, "MB/s", 2),
    received: quantity(camera.bytes && camera.bytes / 1e6, "MB"),
    clock: clockOf(camera.clock),
    dropped: counts(Object.entries(camera.dropped ?? {}).map(([reason, count]) => [count, reason])),
  });
}

// ---- The receiver
function showStatus(status) {
  const { cameras = [], rigs = [], store } = status;
  if (linkLost || status.uptimeSeconds < lastUptime) allTiles().forEach(restart); // another receiver may answer there now
  lastUptime = status.uptimeSeconds;
  showLink("live", "live");
  keep(tiles.rigs, $("rigs"), rigs, newRig, (tile, rig) => updateRig(tile, rig, cameras));
  keep(tiles.cameras, $("cameras"), cameras, newCamera, updateCamera);
  $("depth").hidden = rigs.length === 0 && cameras.length < 2;
  $("views").hidden = cameras.length === 0;
  showHints(status, cameras, rigs);
  setText($("uptime"), `up ${duration(status.uptimeSeconds)}`);
  const full = store?.quota?.full ?? [];
  $("store").hidden = store?.healthy !== false && full.length === 0;
  setText($("store"), store?.healthy === false ? `Pictures are not being kept: the store ${store.directory ?? ""} cannot be written.`
    : `Pictures of ${full.map((one) => one.node).join(", ")} are not being kept: over the quota of a node.`);
  setText($("about"), `PiStereoLink ${status.version ?? ""}. Frames arrive at ${[status.plain, status.tls].filter(Boolean).map((port) => `port ${port.address.split(":").pop()} (${port.protection})`).join(" and ") || "–"}. `
    + (store?.enabled ? `Pictures are kept in ${store.directory}.` : "Pictures are shown, not kept."));
  shareStreams();
  allTiles().forEach(restartWhenFrozen);
}

/** The next step for a newcomer, with the command ready to copy. */
function showHints(status, cameras, rigs) {
  const loopback = /^(localhost|127\..*|\[::1\])$/.test(location.hostname); // no Pi can reach us under that name
  $("empty").hidden = cameras.length > 0 || rigs.length > 0;
  $("this-host").hidden = !loopback;
  setText($("command"), `./pistereolink agent run --to ${loopback ? "THIS-HOST" : location.hostname}:${status.framePort ?? 8000} --camera 0 --mode video`);
  $("no-rig").hidden = rigs.length > 0;
  const [left, right] = cameras.map((camera) => camera.name).sort();
  setText($("rig-option"), `--rig desk=${left},${right}`);
}

function showLink(state, text) {
  linkLost = state === "lost";
  $("link").dataset.state = state;
  $("main").classList.toggle("stale", linkLost);
  setText($("link"), text);
}

async function poll() {
  let failures = 0;
  for (;;) {
    try {
      const response = await fetch("/api/status", { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!response.ok) throw new Error(`The receiver answered ${response.status}.`);
      showStatus(await response.json());
      failures = 0;
    } catch (error) {
      console.warn("No status from the receiver:", error);
      failures++;
      showLink("lost", "link to the receiver lost, retrying");
    }
    await pause(Math.min(MAX_RETRY_MS, POLL_MS * Math.max(1, failures)));
    if (document.hidden) await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
  }
}

for (const change of ["visibilitychange", "fullscreenchange"]) document.addEventListener(change, shareStreams);
await Promise.all([poll(), refreshStills()]);
