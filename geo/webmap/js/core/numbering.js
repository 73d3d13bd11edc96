/* A hash table of two typed arrays: a hundred thousand keys pass here at every zoom. */

/** Numbers 0, 1, 2 … for keys in the order they come; a hash table of two typed arrays. */
export class Numbering {
  /** @param {number} most */
  constructor(most) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, most * 2)));
    this.mask = size - 1;
    this.keys = new Float64Array(size);
    this.numbers = new Int32Array(size).fill(-1);
    this.count = 0;
  }

  /** @param {number} key */
  of(key) {
    let slot = (Math.imul(key / 65536, 0x9e3779b1) ^ Math.imul(key & 0xffffff, 0x85ebca6b)) >>> 7;
    slot &= this.mask;
    while (this.numbers[slot] >= 0) {
      if (this.keys[slot] === key) return this.numbers[slot];
      slot = (slot + 1) & this.mask;
    }
    this.keys[slot] = key;
    this.numbers[slot] = this.count;
    this.count += 1;
    return this.numbers[slot];
  }
}
