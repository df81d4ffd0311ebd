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

/// Whether two paths lead to one file that is there, whatever they are written like.
public func isSameFile(_ one: String, _ other: String) -> Bool {
  var (first, second) = (stat(), stat())
  return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
    && first.st_ino == second.st_ino
}
