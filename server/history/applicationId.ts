/** "CELY": marks a file as ours, so that no other is ever taken for one. */
export const applicationId = 0x43454c59;
