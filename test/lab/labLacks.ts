/** Something this machine does not have, so a test cannot run here: skip it with this sentence. */
export class LabLacks extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'LabLacks';
  }
}
