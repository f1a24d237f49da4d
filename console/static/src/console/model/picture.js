// A picture on its way to the customer: checked here for a quick answer, checked again by the desk.
import { failureWords } from "./commands.js";

const PICTURE_BYTES = 10 * 1024 * 1024;
const PICTURE_TYPES = new Set(["image/png", "image/jpeg", "image/webp"]);

export async function uploadPicture(desk, open, file) {
  const problem = pictureProblem(file);
  if (problem) return desk.say(problem, {}, "bad");
  try {
    const { upload_id, width, height } = await desk.api.upload(
      `/api/uploads?conversation_id=${encodeURIComponent(open.id)}`,
      file,
    );
    return open.reply({ kind: "picture", upload_id, width, height, text: "" });
  } catch (error) {
    return desk.say(...failureWords(error), "bad");
  }
}

export function pictureProblem({ type, size }) {
  if (!PICTURE_TYPES.has(type)) return "error.picture_type";
  return size > PICTURE_BYTES ? "error.picture_size" : null;
}
