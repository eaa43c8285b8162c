const pageBytes = 65_536;
const granule = 16;
/** A page holds at most 4096 blocks (`pageBytes / granule`): a handle is the page's number above twelve bits of the block's. */
const blockBits = 12;
const blocksPerPage = 1 << blockBits;
const blockMask = blocksPerPage - 1;
const largestShared = 8192;
/** In place of the row of a block that is free. */
export const freeBlock = 0xffffffff;

/** Block sizes: steps of 16 bytes up to 128, then about a quarter more each. */
const blockSizes = (() => {
  const sizes: number[] = [];
  for (let size = granule; size <= largestShared; ) {
    sizes.push(size);
    size = size < 128 ? size + granule : Math.ceil((size * 1.25) / granule) * granule;
  }
  if (sizes.at(-1) !== largestShared) sizes.push(largestShared);
  return sizes;
})();

/** The smallest class that holds n granules, by n. */
const classOfGranules = (() => {
  const classes = new Uint8Array(largestShared / granule + 1);
  for (let granules = 0, index = 0; granules < classes.length; granules++) {
    while ((blockSizes[index] ?? largestShared) < granules * granule) index++;
    classes[granules] = index;
  }
  return classes;
})();

/** Blocks of one size. The first word of a block is the row it belongs to. */
export interface TextPage {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  readonly blockSize: number;
  readonly capacity: number;
  /** Index among `blockSizes`; -1 for a page that is one large block. */
  readonly sizeClass: number;
  live: number;
  /** Blocks from here on were never used. */
  fresh: number;
  /** The first free block plus one. */
  firstFree: number;
  /** Place among the open pages of its class, -1 when full. */
  openAt: number;
}

/**
 * Texts outside the heap, in blocks of fixed sizes cut from 64 KB pages: nothing for the garbage collector to trace, no
 * fragmentation beyond the size classes, and a search runs over whole pages. A block is named by a number; 0 is none.
 */
export class TextArena {
  /** Page 0 does not exist, so that no block is called 0. */
  private readonly pages: (TextPage | null)[] = [null];
  private readonly freePages: number[] = [];
  private readonly open: number[][] = blockSizes.map(() => []);
  /** Of all pages. */
  bytesHeld = 0;
  /** Of the blocks in use. */
  bytesUsed = 0;
  /** Of those among them that fill a page of their own. */
  largeBytes = 0;

  allocate(size: number, row: number): number {
    const pageIndex =
      size <= largestShared ? this.openPage(classOfGranules[Math.ceil(size / granule)] ?? 0) : this.addPage(size, -1);
    const page = this.page(pageIndex);
    let block: number;
    if (page.firstFree > 0) {
      block = page.firstFree - 1;
      page.firstFree = page.words[(block * page.blockSize) / 4 + 1] ?? 0;
    } else block = page.fresh++;
    page.words[(block * page.blockSize) / 4] = row;
    this.bytesUsed += page.blockSize;
    if (page.sizeClass < 0) this.largeBytes += page.blockSize;
    if (++page.live === page.capacity) this.close(page);
    return pageIndex * blocksPerPage + block;
  }

  free(handle: number): void {
    const pageIndex = handle >>> blockBits;
    const page = this.page(pageIndex);
    const block = handle & blockMask;
    const at = (block * page.blockSize) / 4;
    page.words[at] = freeBlock;
    page.words[at + 1] = page.firstFree;
    page.firstFree = block + 1;
    page.live--;
    this.bytesUsed -= page.blockSize;
    if (page.sizeClass < 0) this.largeBytes -= page.blockSize;
    if (page.live === 0) this.drop(pageIndex, page);
    else if (page.openAt < 0) this.reopen(pageIndex, page);
  }

  /** Whether a block that now holds `size` bytes or fewer would be cut to another size. */
  fits(handle: number, size: number): boolean {
    const { sizeClass, blockSize } = this.pageOf(handle);
    if (sizeClass < 0) return size > largestShared && size <= blockSize && size > blockSize / 2;
    return size <= largestShared && classOfGranules[Math.ceil(size / granule)] === sizeClass;
  }

  pageOf(handle: number): TextPage {
    return this.page(handle >>> blockBits);
  }

  offsetOf(handle: number): number {
    return (handle & blockMask) * this.pageOf(handle).blockSize;
  }

  /** As `offsetOf`, where the page is at hand. */
  offsetIn(page: TextPage, handle: number): number {
    return (handle & blockMask) * page.blockSize;
  }

  /** The rows whose texts fill a page of their own. */
  *rowsOfLargeBlocks(): IterableIterator<number> {
    for (const page of this.livePages()) if (page.sizeClass < 0 && page.live > 0) yield page.words[0] ?? 0;
  }

  *livePages(): IterableIterator<TextPage> {
    for (const page of this.pages) if (page !== null) yield page;
  }

  private page(index: number): TextPage {
    const page = this.pages[index];
    if (!page) throw new RangeError('no such text page');
    return page;
  }

  private openPage(sizeClass: number): number {
    return this.open[sizeClass]?.at(-1) ?? this.addPage(blockSizes[sizeClass] ?? largestShared, sizeClass);
  }

  private addPage(size: number, sizeClass: number): number {
    const isShared = sizeClass >= 0;
    const blockSize = Math.ceil(size / granule) * granule;
    const bytes = Buffer.alloc(isShared ? pageBytes : blockSize);
    const index = this.freePages.pop() ?? this.pages.length;
    const page: TextPage = {
      bytes,
      words: new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4),
      blockSize,
      capacity: isShared ? Math.floor(pageBytes / blockSize) : 1,
      sizeClass,
      live: 0,
      fresh: 0,
      firstFree: 0,
      openAt: -1,
    };
    this.pages[index] = page;
    this.bytesHeld += bytes.length;
    if (isShared) this.reopen(index, page);
    return index;
  }

  private reopen(index: number, page: TextPage): void {
    const open = this.open[page.sizeClass];
    if (!open) return;
    page.openAt = open.length;
    open.push(index);
  }

  private close(page: TextPage): void {
    const open = this.open[page.sizeClass];
    if (!open || page.openAt < 0) return;
    const last = open.pop();
    if (last !== undefined && page.openAt < open.length) {
      open[page.openAt] = last;
      this.page(last).openAt = page.openAt;
    }
    page.openAt = -1;
  }

  /** Lets an empty page go, unless it is the only open one of its size: the next text would bring it back. */
  private drop(index: number, page: TextPage): void {
    const open = this.open[page.sizeClass];
    if (open) {
      if (page.openAt < 0) this.reopen(index, page);
      if (open.length === 1) return;
      this.close(page);
    }
    this.pages[index] = null;
    this.freePages.push(index);
    this.bytesHeld -= page.bytes.length;
  }
}
