// SPDX-License-Identifier: MIT
/*
 * The addon of Node.js: start(path) gives the shared memory of a new process,
 * request(memory) has it do what is written there and gives 0 or how it died,
 * stop(memory) ends it. Everything else is said in that memory: words.ts.
 */
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "process.h"

static struct dv_process *host_of(napi_env env, napi_callback_info info)
{
	struct dv_process *host = NULL;
	napi_value memory;
	size_t count = 1;

	if (napi_get_cb_info(env, info, &count, &memory, NULL, NULL) ||
	    count < 1 || napi_unwrap(env, memory, (void **)&host))
		napi_throw_type_error(env, NULL, "not the memory of a process");
	return host;
}

/* Nobody can reach the memory any more. */
static void drop(napi_env env, void *data, void *hint)
{
	struct dv_process *host = hint;

	dv_process_stop(host);
	munmap(host->shared, sizeof(*host->shared));
	free(host);
}

static napi_value start(napi_env env, napi_callback_info info)
{
	char path[4096];
	napi_value argument, memory;
	size_t count = 1, length;
	struct dv_process *host;
	const char *error;

	if (napi_get_cb_info(env, info, &count, &argument, NULL, NULL) ||
	    napi_get_value_string_utf8(env, argument, path, sizeof(path),
				       &length)) {
		napi_throw_type_error(env, NULL, "start() takes a path");
		return NULL;
	}
	host = calloc(1, sizeof(*host));
	error = host ? dv_process_start(host, path) : "out of memory";
	if (error) {
		napi_throw_error(env, NULL, error);
		free(host);
		return NULL;
	}
	if (napi_create_external_arraybuffer(env, host->shared,
					     sizeof(*host->shared), drop, host,
					     &memory) ||
	    napi_wrap(env, memory, host, NULL, NULL, NULL))
		return NULL;
	return memory;
}

static napi_value request(napi_env env, napi_callback_info info)
{
	struct dv_process *host = host_of(env, info);
	napi_value result;
	int death;

	if (!host)
		return NULL;
	death = host->pid ? dv_process_request(host) : -1;
	if (napi_create_int32(env, death, &result))
		return NULL;
	return result;
}

static napi_value stop(napi_env env, napi_callback_info info)
{
	struct dv_process *host = host_of(env, info);

	if (host)
		dv_process_stop(host);
	return NULL;
}

NAPI_MODULE_INIT()
{
	static const struct {
		const char *name;
		napi_callback callback;
	} functions[] = {
		{ "start", start },
		{ "request", request },
		{ "stop", stop },
	};
	napi_value function;
	size_t i;

	for (i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (napi_create_function(env, functions[i].name,
					 NAPI_AUTO_LENGTH,
					 functions[i].callback, NULL,
					 &function) ||
		    napi_set_named_property(env, exports, functions[i].name,
					    function))
			return NULL;
	return exports;
}
