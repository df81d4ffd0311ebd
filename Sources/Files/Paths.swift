#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The same file or folder for whoever works in another folder. Links stay as they are.
public func absolutePath(_ path: String) -> String {
  guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
  defer { free(folder) }
  let here = String(cString: folder)
  return path == "." ? here : (here == "/" ? "" : here) + "/" + path
}

/// Whether there is anything of this name.
public func exists(_ path: String) -> Bool {
  var known = stat()
  return lstat(path, &known) == 0
}
