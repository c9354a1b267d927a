// One file on its way up, and the sentence for what the portal itself did not answer: each says what to do.

// On the weakest lines minutes pass between the last byte that left the phone and the answer.
export const SILENCE = 180_000;
export const LARGEST = 15 * 2 ** 20;
export const TOO_LARGE = "این فایل بزرگ‌تر از اندازهٔ مجاز است؛ عکسی کوچک‌تر از ۱۵ مگابایت انتخاب کنید.";

const AWAY = "پرتال برای چند لحظه در دسترس نیست؛ کمی بعد دوباره بفرستید.";
const ANSWERS = {
  0: "نرسید. اینترنت قطع شد.",
  200: "این درخواست در پنجره یا دستگاه دیگری تغییر کرده است؛ این صفحه را دوباره باز کنید.",
  403: "این صفحه قدیمی شده بود؛ دوباره بفرستید.",
  404: "این درخواست دیگر اینجا نیست؛ شاید در پنجرهٔ دیگری حذف شده باشد.",
  408: "اینترنت کند است و فایل کامل نرسید؛ دوباره بفرستید.",
  413: TOO_LARGE,
  429: "درخواست‌ها پشت سر هم رسیده است؛ کمی بعد دوباره بفرستید.",
  502: AWAY,
  503: AWAY,
  504: AWAY,
};
const OURS = "مشکلی از سوی ما پیش آمد؛ کمی بعد دوباره بفرستید.";
// Not the file's own fault: sent once more it may well arrive.
const WORTH_ANOTHER_TRY = [0, 403, 408, 500, 502, 503, 504];

export const words = (status) => ANSWERS[status] ?? OURS;

// `began` is handed the request, `moved` each event of its progress. Ends with {status, answer, refusal, isLost}.
export function post(address, body, { began, moved }) {
  return new Promise((finished) => {
    const request = new XMLHttpRequest();
    let silence = 0;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE);
    };
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      listen();
      moved(event);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(silence);
      const { status, response: answer } = request;
      const refusal = answer ? answer.refusals?.[0] : words(status);
      finished({ status, answer, refusal, isLost: !answer && WORTH_ANOTHER_TRY.includes(status) });
    });
    listen();
    began(request);
    request.send(body);
  });
}
