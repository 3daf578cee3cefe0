// SPDX-License-Identifier: MIT
/** Kernel trees before they are judged: compiled ahead, and as files of a revision. */

/** Compiles trees before they are judged. */
export { type CompileAhead, compileAhead } from '../../implementations/native/compile-ahead';
export { SUPER } from '../../implementations/native/probe';
/** Files of a kernel tree by revision: what a series applies to, and what a history is made of. */
export {
	type Blob,
	blobsAt,
	isCompiled,
	type Revision,
	readBlobs,
	resolveRevision,
	revisionFolder,
	TREE_PATHS,
	writeFiles,
} from '../../implementations/native/revision-files';
