// SPDX-License-Identifier: Apache-2.0

import JSONTree

extension Route {
    static let image: [Route] = [
        Route("GET", "/image", needsToken: false) { _, _ in Answer(recorded: "image.versions") },
        Route("GET", "/image/v2/images") { _, call in SiteState.listImages(call) },
        Route("GET", "/image/v2/images/*") { (_, call) throws(Refusal) in
            guard let image = SiteState.images.first(where: { $0.text("id") == call.id }) else {
                throw Refusal("image.absent", call.id)
            }
            return Answer(200, image)
        },
    ]
}

extension SiteState {
    /// The public images, as the real site has them.
    static let images = (Fixture.template("image.list", "images").array ?? []).filter { image in
        image.text("visibility") == "public"
    }

    static func listImages(_ call: Call) -> Answer {
        let control = ["limit", "marker", "sort_key", "sort_dir", "sort"]
        let keys = Set(call.query.map(\.key)).subtracting(control)
        let found = images.filter { image in keys.allSatisfy { image.passes($0, call.values($0)) } }
        let (page, next) = Listing(collection: "images", path: "/v2/images").page(found, call)
        var body = Fixture.named("image.list").body
        body["images"] = .array(page)
        body["next"] = next.map { .string("/v2/images?\($0)") }
        return Answer(200, body)
    }
}
