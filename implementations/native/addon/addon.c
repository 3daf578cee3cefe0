// SPDX-License-Identifier: MIT
/*
 * The addon of Node.js. start(object, command) starts the process of a tree
 * and returns the memory shared with it; request(memory) waits until the
 * process has answered the request there, and returns the result of
 * dv_process_request(); stop(memory) ends the process.
 * abi.ts has the layout of the memory.
 */
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "process.h"

/* Words of a command, with the number of this process and NULL. */
#define MAX_WORDS	16
#define MAX_WORD	4096

/* Returns the process of the memory that JavaScript passes; else throws. */
static struct dv_process *process_of(napi_env env, napi_callback_info info)
{
	struct dv_process *process = NULL;
	napi_value memory;
	size_t count = 1;

	if (napi_get_cb_info(env, info, &count, &memory, NULL, NULL) ||
	    count < 1 || napi_unwrap(env, memory, (void **)&process))
		napi_throw_type_error(env, NULL, "not the memory of a process");
	return process;
}

/* Finalizer of the memory. */
static void release(napi_env env, void *data, void *hint)
{
	struct dv_process *process = hint;

	dv_process_stop(process);
	munmap(process->shared, sizeof(*process->shared));
	free(process);
}

/* Reads the words of a command, and appends the number of this process. */
static int read_command(napi_env env, napi_value array,
			char words[MAX_WORDS][MAX_WORD], char **command)
{
	uint32_t count, i;
	napi_value word;
	size_t length;

	if (napi_get_array_length(env, array, &count) || count > MAX_WORDS - 2)
		return -1;
	for (i = 0; i < count; i++) {
		if (napi_get_element(env, array, i, &word) ||
		    napi_get_value_string_utf8(env, word, words[i], MAX_WORD,
					       &length))
			return -1;
		command[i] = words[i];
	}
	snprintf(words[count], MAX_WORD, "%d", getpid());
	command[count] = words[count];
	command[count + 1] = NULL;
	return 0;
}

static napi_value start(napi_env env, napi_callback_info info)
{
	char words[MAX_WORDS][MAX_WORD], path[MAX_WORD], *command[MAX_WORDS];
	napi_value arguments[2], memory;
	size_t count = 2, length;
	struct dv_process *process;
	const char *error;

	if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) ||
	    napi_get_value_string_utf8(env, arguments[0], path, sizeof(path),
				       &length) ||
	    read_command(env, arguments[1], words, command)) {
		napi_throw_type_error(env, NULL,
				      "start() takes a path and a command");
		return NULL;
	}
	process = calloc(1, sizeof(*process));
	error = process ? dv_process_start(process, path, command) :
			  "out of memory";
	if (error) {
		napi_throw_error(env, NULL, error);
		free(process);
		return NULL;
	}
	if (napi_create_external_arraybuffer(env, process->shared,
					     sizeof(*process->shared), release,
					     process, &memory) ||
	    napi_wrap(env, memory, process, NULL, NULL, NULL))
		return NULL;
	return memory;
}

static napi_value request(napi_env env, napi_callback_info info)
{
	struct dv_process *process = process_of(env, info);
	napi_value result;
	int death;

	if (!process)
		return NULL;
	death = process->pid ? dv_process_request(process) : -1;
	if (napi_create_int32(env, death, &result))
		return NULL;
	return result;
}

static napi_value stop(napi_env env, napi_callback_info info)
{
	struct dv_process *process = process_of(env, info);

	if (process)
		dv_process_stop(process);
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
