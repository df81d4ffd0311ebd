// Each notebook has an output folder of its own, called as the notebook is.

/// `quickstart` for `Notebooks/quickstart.cladec`.
public func notebookName(_ path: String) -> String {
  let file = path.split(separator: "/").last.map(String.init) ?? path
  return file.hasSuffix(".cladec") ? String(file.dropLast(".cladec".count)) : file
}

/// Two notebooks that would write into one folder. Folders that differ in capitals only are one on some systems.
public func notebooksOfOneName(_ paths: [String]) -> (String, String)? {
  var known: [String: String] = [:]
  for path in paths {
    if let other = known.updateValue(path, forKey: notebookName(path).lowercased()) { return (other, path) }
  }
  return nil
}
