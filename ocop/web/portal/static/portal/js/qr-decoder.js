// One function that reads the QR code in a picture: the browser's own reader where it has one, else jsQR, loaded only then.
const LONGEST = 800; // pixels; more costs time and finds nothing more

export async function makeDecoder(jsqrAddress) {
  const native = await nativeReader();
  if (native) return native;
  const { default: jsQR } = await import(jsqrAddress);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (picture) => {
    for (const longest of [LONGEST, LONGEST * 2]) {
      const text = readWith(jsQR, picture, canvas, context, longest);
      if (text || picture instanceof HTMLVideoElement) return text;
    }
    return null;
  };
}

async function nativeReader() {
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return null;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null;
  } catch {
    return null; // no such reader here
  }
}

function readWith(jsQR, picture, canvas, context, longest) {
  const width = picture.videoWidth ?? picture.width;
  const height = picture.videoHeight ?? picture.height;
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(data, canvas.width, canvas.height, { inversionAttempts: "attemptBoth" })?.data || null;
}
