// Camera scanning: [data-scan] on /quet/. Sends nothing anywhere; follows only addresses of this site.
const root = document.querySelector("[data-scan]");
const video = root.querySelector("video");
const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((node) => [node.dataset.part, node]));
const messages = [...root.querySelectorAll("[data-message]")];
const INTERVAL = 160; // ms between two looks: a phone stays cool, a hand is still quick enough

const FAILURES = { NotAllowedError: "denied", NotFoundError: "absent", OverconstrainedError: "absent", NotReadableError: "busy" };

let stream = null;
let timer = 0;
let decode = null;

function show(name) {
  for (const message of messages) message.hidden = message.dataset.message !== name;
}

// After an await the page may be hidden or stopped: `stream` says whether somebody still looks.
function setRunning(running) {
  parts.stage.hidden = !running;
  parts.start.hidden = running;
  parts.stop.hidden = !running;
  if (!running) parts.torch.hidden = true;
}

// What a code says, as an address of ours, or null. A label carries /sp/<code>; old ones may carry /v/<code>.
function ownAddress(text) {
  const own = [location.host, root.dataset.host];
  let path = null;
  try {
    const url = new URL(text);
    if (/^https?:$/.test(url.protocol) && own.includes(url.host)) path = url.pathname;
  } catch {
    if (/^[A-Za-z]{2,4}[0-9]{3,8}$|^[0-9]+(-[0-9]+){2,4}$/.test(text)) return `${root.dataset.verify}?ma=${encodeURIComponent(text)}`;
  }
  const found = path && /^(?:\/en)?\/(?:sp|v)\/([^/]{1,80})\/?$/.exec(path);
  return found ? root.dataset.product.replace("__code__", found[1]) : null;
}

function stop() {
  clearTimeout(timer);
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
  setRunning(false);
}

function answer(text) {
  stop();
  const address = ownAddress(text.trim());
  if (address) {
    show("found");
    location.assign(address);
    return;
  }
  parts.foreign.textContent = text.slice(0, 300);
  parts.report.href = `${root.dataset.report}?ma=${encodeURIComponent(text.slice(0, 80))}`;
  show("foreign");
}

async function decoder() {
  if (!decode) {
    const module = await import(root.dataset.decoder);
    decode = await module.makeDecoder(root.dataset.jsqr);
  }
  return decode;
}

async function look() {
  if (!stream) return;
  const text = video.readyState >= 2 ? await (await decoder())(video) : null;
  if (!stream) return; // stopped while looking
  if (text) answer(text);
  else timer = setTimeout(look, INTERVAL);
}

async function start() {
  if (!navigator.mediaDevices?.getUserMedia) {
    show("insecure");
    return;
  }
  show("asking");
  parts.start.disabled = true;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
    await decoder();
    video.srcObject = stream;
    setRunning(true);
    await video.play();
  } catch (error) {
    stop();
    show(FAILURES[error.name] ?? "failed");
    return;
  } finally {
    parts.start.disabled = false;
  }
  parts.torch.hidden = !stream.getVideoTracks()[0].getCapabilities?.().torch;
  show("looking");
  look();
}

async function toggleTorch() {
  const on = parts.torch.getAttribute("aria-pressed") !== "true";
  await stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
  parts.torch.setAttribute("aria-pressed", String(on));
}

async function readPhoto(event) {
  const [file] = event.target.files;
  if (!file) return;
  show("reading");
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const text = await (await decoder())(image);
    image.close();
    if (text) answer(text);
    else show("empty");
  } catch {
    show("unreadable");
  }
  event.target.value = "";
}

parts.start.addEventListener("click", start);
parts.stop.addEventListener("click", () => {
  stop();
  show("stopped");
});
parts.torch.addEventListener("click", toggleTorch);
parts.photo.addEventListener("change", readPhoto);
document.addEventListener("visibilitychange", () => {
  if (document.hidden && stream) {
    stop();
    show("stopped");
  }
});
addEventListener("pagehide", stop);
parts.camera.hidden = false;
