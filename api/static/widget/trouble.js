/**
 * What went wrong with a request. `code` is for programs, `say` is the key of our words for it, `told` the server's own sentence where that is meant
 * for pupils, `wait` the seconds to wait before it is of use to try again, `again` whether the same message id may be sent once more.
 */
export class Trouble extends Error {
  constructor(code, say, { told = null, wait = 0, again = true } = {}) {
    super(code);
    Object.assign(this, { code, say, told, wait, again });
  }
}

/** The connection broke, or never stood. */
export const lost = () => new Trouble("lost", "lost");
