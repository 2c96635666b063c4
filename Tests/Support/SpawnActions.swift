package import Glibc

/// Adds that the program which is spawned keeps standard input, output and error, and nothing else.
///
/// A test waits for the end of a program by a socket or a pipe which that program holds. A server that
/// outlives the test must not have inherited it.
package func closeOtherFiles(_ actions: inout posix_spawn_file_actions_t) {
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  // Numbers that are not open are passed over.
  for descriptor in 3..<Int32(min(limit.rlim_cur, 4096)) {
    posix_spawn_file_actions_addclose(&actions, descriptor)
  }
}
