package dev.haldane.postrender.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressesTest {

    private static final PublicAddresses PUBLIC = new PublicAddresses(Map.of(
            "docker-registry.jx.svc:5000", "registry.example.com",
            "10.0.0.1:5000", "https://eu.example.com/jx",
            "localhost", "local.example.com",
            "museum", "https://charts.example.com",
            "museum.jx:8080", "charts.example.com:8443/all"));

    @ParameterizedTest
    @CsvSource(textBlock = """
                    docker-registry.jx.svc:5000/jx/shop:1.0,      registry.example.com/jx/shop:1.0
                    docker-registry.jx.svc:5000/shop,             registry.example.com/shop
                    docker-registry.jx.svc:5000/shop@sha256:abc0, registry.example.com/shop@sha256:abc0
                    docker-registry.jx.svc:5000/shop:1@sha256:ab, registry.example.com/shop:1@sha256:ab
                    10.0.0.1:5000/shop:1,                         eu.example.com/jx/shop:1
                    localhost/shop,                               local.example.com/shop
                    docker-registry.jx.svc/shop:1,                docker-registry.jx.svc/shop:1
                    docker-registry.jx.svc:50000/shop:1,          docker-registry.jx.svc:50000/shop:1
                    my-docker-registry.jx.svc:5000/shop:1,        my-docker-registry.jx.svc:5000/shop:1
                    a.example/docker-registry.jx.svc:5000/shop,   a.example/docker-registry.jx.svc:5000/shop
                    docker-registry.jx.svc:5000,                  docker-registry.jx.svc:5000
                    museum/shop:1,                                museum/shop:1
                    nginx,                                        nginx
                    nginx:1.27,                                   nginx:1.27
                    '',                                           ''
                    """)
    void an_image_has_its_registry_before_the_first_slash(String image, String outside) {
        assertThat(PUBLIC.image(image)).isEqualTo(outside);
        assertThat(PUBLIC.image(outside)).isEqualTo(outside);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    http://museum,                       https://charts.example.com
                    http://museum/,                      https://charts.example.com/
                    http://museum/charts/shop.tgz?a=b,   https://charts.example.com/charts/shop.tgz?a=b
                    http://jx:secret@museum/charts,      https://jx:secret@charts.example.com/charts
                    http://museum.jx:8080,               http://charts.example.com:8443/all
                    https://museum.jx:8080/a,            https://charts.example.com:8443/all/a
                    oci://10.0.0.1:5000/charts,          oci://eu.example.com/jx/charts
                    http://museum:8080,                  http://museum:8080
                    http://museum.jx,                    http://museum.jx
                    http://a.example/?next=http://museum, http://a.example/?next=http://museum
                    git://museum/shop.git,               git://museum/shop.git
                    museum/charts,                       museum/charts
                    """)
    void an_address_has_its_host_after_the_scheme(String url, String outside) {
        assertThat(PUBLIC.url(url)).isEqualTo(outside);
        assertThat(PUBLIC.url(outside)).isEqualTo(outside);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    10.0.0.1:5000,                    eu.example.com/jx
                    docker-registry.jx.svc:5000/shop, registry.example.com/shop
                    http://museum,                    https://charts.example.com
                    museum,                           museum
                    localhost,                        local.example.com
                    3,                                3
                    """)
    void a_value_is_an_address_an_image_or_a_registry(String value, String outside) {
        assertThat(PUBLIC.value(value)).isEqualTo(outside);
    }

    @ParameterizedTest
    @CsvSource({"https://a.example:1/b, a.example:1", "a.example, a.example", "a.example/b, a.example"})
    void an_address_has_one_host(String address, String host) {
        assertThat(PublicAddresses.hostOf(address)).isEqualTo(host);
    }
}
