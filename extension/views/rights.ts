import type { ClusterSnapshot } from '../../server/api/model.ts';

/** How a row's context value ends: whether its connection may be changed, so that menus offer writes only where they work. */
export const rights = ({ isReadOnly }: ClusterSnapshot): 'ro' | 'rw' => (isReadOnly ? 'ro' : 'rw');
