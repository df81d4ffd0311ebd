/// Where data sets may lie. Nothing here looks: folders and names only.

/// The folders that may hold data sets, the first to look in first, each once: that of `--data`, `$CLADEC_DATA`, and
/// the user's data folder, `$XDG_DATA_HOME/cladec` or else `~/.local/share/cladec`.
///
/// As XDG's base directory specification has it, an `$XDG_DATA_HOME` that is empty or relative counts as unset.
public func dataFolders(option: String?, environment: [String: String]) -> [String] {
  var folders: [String] = []
  func add(_ folder: String?) {
    if let folder, !folder.isEmpty, !folders.contains(folder) { folders.append(folder) }
  }
  add(option)
  add(environment["CLADEC_DATA"])
  if let shared = environment["XDG_DATA_HOME"], shared.hasPrefix("/") {
    add(joined(shared, "cladec"))
  } else if let home = environment["HOME"], !home.isEmpty {
    add(joined(home, ".local/share/cladec"))
  }
  return folders
}

/// The folders in which the files of a data set may lie: one of its name in each of the data folders.
public func candidateFolders(for name: String, in folders: [String]) -> [String] {
  folders.map { joined($0, name) }
}

/// A file's name with the folder before it.
func joined(_ folder: String, _ name: String) -> String {
  folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
