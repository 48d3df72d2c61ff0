// SPDX-License-Identifier: Apache-2.0

import OpenStack

extension ContractCheck {
    static let volume = [
        ContractCheck("a diskless flavor boots from a volume, which goes with the server", disklessBootsFromVolume)
    ]

    private static func disklessBootsFromVolume(_ site: ContractSite) async throws {
        try await Workbench.use(site) { bench in
            let image = try await site.image()
            let flavor = try await site.flavor(for: image, diskless: true)
            var wish = Nova.NewServer(name: "contract", flavor: flavor.id)
            wish.blockDevices = [.rootVolume(image: image.id, size: max(1, image.minDisk ?? 1))]
            let server = try await bench.server(wish)
            try require(server.image == Nova.Server.ImageReference.none, "it has no image of its own")
            let attached = try require(server.volumes?.first, "it has a volume")
            let volume = try await site.cinder.volume(attached.id)
            try require(volume.status == .inUse, "the volume is in use, is \(volume.status)")
            try require(volume.attachments?.map(\.serverID) == [server.id], "the volume names its server")
            try await bench.removeServer(server.id)
            _ = try await site.eventually("its volume is gone") {
                let volumes = try await site.cinder.volumes()
                return volumes.contains { $0.id == volume.id } ? nil : true
            }
        }
    }
}
