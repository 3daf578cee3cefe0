// SPDX-License-Identifier: MIT
/** node-api-headers ships without types. */
declare module 'node-api-headers' {
	/** The folder of node_api.h. */
	export const include_dir: string;
}
