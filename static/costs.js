// What a cost line comes to while it is typed, in pence so that no penny is lost.
const pence = (typed) => {
  const bare = typed.trim().replace(/^£\s*/, "");
  if (!/^(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?$/.test(bare)) return null;
  const [pounds, part = ""] = bare.replaceAll(",", "").split(".");
  return BigInt(pounds) * 100n + BigInt(part.padEnd(2, "0"));
};
const pounds = (sum) =>
  `£${(sum / 100n).toLocaleString("en-GB")}.${String(sum % 100n).padStart(2, "0")}`.replace(/\.00$/, "");
function addWhileTyping(running) {
  const { days, day_rate: rate, amount } = running.closest("form").elements;
  const others = pence(running.dataset.others);
  const highest = running.dataset.highest ? pence(running.dataset.highest) : null;
  const add = () => {
    const [counted, each] = [pence(days.value), pence(rate.value)];
    const line = counted !== null && each !== null ? (counted * each + 50n) / 100n : pence(amount.value);
    if (line === null) {
      running.textContent = "";
      return;
    }
    const price = others + line;
    const room =
      highest === null
        ? ""
        : price > highest
          ? ` That is ${pounds(price - highest)} over the highest price.`
          : ` ${pounds(highest - price)} is left under the highest price.`;
    running.textContent = `This line is ${pounds(line)}, and the price ${pounds(price)}.${room}`;
  };
  for (const input of [days, rate, amount]) input.addEventListener("input", add);
  add();
}

document.querySelectorAll("[data-running]").forEach(addWhileTyping);
