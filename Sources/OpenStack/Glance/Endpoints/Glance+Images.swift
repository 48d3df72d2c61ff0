// SPDX-License-Identifier: Apache-2.0

extension Glance {
    /// Lists images: `GET /v2/images`, all pages.
    ///
    /// Filters: `name`, `status`, `visibility`, `tag`, any property … https://docs.openstack.org/api-ref/image/v2/#list-images
    package func images(_ query: Query = [:]) async throws -> [Image] {
        // Left to itself, Glance sends pages of 25.
        try await session.list(
            Call("list images", .image, .get, "/images", query: query.with("limit", default: "200")), at: "images")
    }

    /// Shows an image: `GET /v2/images/{id}`.
    ///
    /// https://docs.openstack.org/api-ref/image/v2/#show-image
    package func image(_ id: String) async throws -> Image {
        try await session.send(Call("show image", .image, .get, "/images/\(id)")).decode(Image.self)
    }
}
