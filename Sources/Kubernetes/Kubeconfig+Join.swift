// SPDX-License-Identifier: Apache-2.0

package import JSONTree
import YAMLTree

extension Kubeconfig {
    /// What several kubeconfigs say together, as `kubectl` joins the files that `KUBECONFIG` lists.
    ///
    /// Of clusters, contexts and users with one name the first stays, and of single values the first that is set.
    /// https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
    ///
    /// - Parameter files: texts with the names that errors call them by.
    package static func joined(_ files: [(name: String, text: String)]) throws(KubeconfigError) -> JSON {
        var joined: JSON = [:]
        for file in files {
            for member in try members(of: file) {
                if let elements = member.value.array {
                    joined[member.key] = append(elements, to: joined[member.key])
                } else if isUnset(joined[member.key]) {
                    joined[member.key] = member.value
                }
            }
        }
        return joined
    }

    /// Larger texts are refused, in bytes.
    private static let limit = 1 << 20

    private static func members(
        of file: (name: String, text: String)
    ) throws(KubeconfigError) -> [JSONObject.Member] {
        guard file.text.utf8.count <= limit else {
            throw KubeconfigError(file.name, "is larger than \(limit) bytes")
        }
        let documents: [JSON]
        do { documents = try YAML.documents(file.text, anchors: .expanded) } catch {
            throw KubeconfigError(file.name, "is not valid YAML")
        }
        guard let tree = documents.first, tree != .null else { return [] }
        guard let object = tree.object, documents.count == 1 else {
            throw KubeconfigError(file.name, "must be a mapping")
        }
        return object.members
    }

    private static func append(_ elements: [JSON], to list: JSON?) -> JSON {
        var list = list?.array ?? []
        for element in elements where !list.contains(where: { $0["name"] == element["name"] }) {
            list.append(element)
        }
        return .array(list)
    }

    private static func isUnset(_ value: JSON?) -> Bool { value == nil || value == .null || value == "" }
}
