// SPDX-License-Identifier: Apache-2.0

package import Clients
import JSONTree
package import Resources

/// How one kind asks that an object of another exists at a site: a project as a Keystone project, a key as a keypair.
///
/// The one that needs it puts an annotation on the object; the object's own reconciler makes it there and lists it in
/// `status.sites`. So nothing is made at a site before something there needs it, and only its owner makes it.
package enum SiteNeed {
    /// Stands before the site's name in the annotation's key.
    package static let prefix = "sites.scs.community/"

    /// The sites at which somebody needs the object, in the order of their names.
    package static func sites(of object: Object) -> [String] {
        object.metadata.annotations.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
            .sorted()
    }

    /// The native id that the object has at a site; absent until it is ready there.
    package static func id(of object: Object, at site: String) -> String? {
        let entry = object.status?["sites"]?.array?.first { $0["name"]?.string == site }
        guard entry?["ready"]?.bool == true else { return nil }
        return entry?["id"]?.string
    }

    /// Why the object is not ready at a site, in the words of its reconciler; absent when it said nothing.
    package static func message(of object: Object, at site: String) -> String? {
        object.status?["sites"]?.array?.first { $0["name"]?.string == site }?["message"]?.string
    }

    /// Stands before the site's name in the key of the annotation that names what the object takes over there.
    package static let importPrefix = "import-id.scs.community/"

    /// The native id of what the object is to take over at a site; absent without such a wish, and once it has an id there.
    package static func importID(of object: Object, at site: String) -> String? {
        guard !object.isDeleting, id(of: object, at: site) == nil else { return nil }
        return object.metadata.annotations[importPrefix + site]
    }

    /// Asks for the object at a site; does nothing when somebody has asked already.
    package static func ask(
        for object: Object, _ type: ResourceType, at site: String, through client: any ObjectClient
    ) async throws {
        guard object.metadata.annotations[prefix + site] == nil else { return }
        let annotations: JSON = .object(JSONObject([(prefix + site, .string("needed"))]))
        let patch: JSON = ["metadata": ["annotations": annotations]]
        _ = try await client.patch(type, object.key, .merge(patch), WriteOptions())
    }
}
