// SPDX-License-Identifier: Apache-2.0

extension Nova {
    /// Lists flavors: `GET /flavors/detail`, all pages.
    ///
    /// https://docs.openstack.org/api-ref/compute/#list-flavors-with-details
    package func flavors(_ query: Query = [:]) async throws -> [Flavor] {
        try await session.list(Call("list flavors", .compute, .get, "/flavors/detail", query: query), at: "flavors")
    }

    private struct LimitsAnswer: Decodable { var absolute: Limits }

    /// Shows the limits: `GET /limits`; the project's quota and use, servers and cores.
    ///
    /// https://docs.openstack.org/api-ref/compute/#show-rate-and-absolute-limits
    package func limits() async throws -> Limits {
        let answer: LimitsAnswer = try await session.one(Call("show limits", .compute, .get, "/limits"), at: "limits")
        return answer.absolute
    }

    /// A zone that a server can be asked to run in.
    package struct AvailabilityZone: Decodable, Hashable, Sendable {
        package struct State: Decodable, Hashable, Sendable { package var available: Bool }

        package var zoneName: String
        package var zoneState: State
    }

    /// Lists availability zones: `GET /os-availability-zone`.
    ///
    /// https://docs.openstack.org/api-ref/compute/#get-availability-zone-information
    package func availabilityZones() async throws -> [AvailabilityZone] {
        try await session.list(
            Call("list availability zones", .compute, .get, "/os-availability-zone"), at: "availabilityZoneInfo")
    }
}
