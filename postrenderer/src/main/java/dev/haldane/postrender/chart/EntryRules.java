package dev.haldane.postrender.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The rules of the static VirtualService in a template: a delegate, and the way to the Service for as long as
/// there is none. Where the Service has other ports, the rules must not catch their requests.
final class EntryRules {
    private static final String ALONE = """
                - name: haldane
                  match:
                    - gateways:
            {{ toYaml $gateways | indent 12 }}
                  delegate:
                    name: {{ $apex }}
                - route:
                    - destination:
                        host: {{ $apex }}
            """;

    private static final String ONE_OF_SEVERAL = """
            {{- $outside := without $gateways "mesh" }}
                - name: haldane
                  match:
            {{- if $outside }}
                    - gateways:
            {{ toYaml $outside | indent 12 }}
            {{- end }}
            {{- if has "mesh" $gateways }}
                    - gateways: [mesh]
                      port: PORT
            {{- end }}
                  delegate:
                    name: {{ $apex }}
            {{- if $outside }}
                - route:
                    - destination:
                        host: {{ $apex }}
                        port:
                          number: PORT
            {{- if has "mesh" $gateways }}
                  match:
                    - gateways:
            {{ toYaml $outside | indent 12 }}
            {{- end }}
            {{- end }}
            {{- if has "mesh" $gateways }}
                - route:
                    - destination:
                        host: {{ $apex }}
            {{- end }}
            """;

    private final PortText port;

    EntryRules(PortText port) {
        this.port = port;
    }

    List<String> lines() {
        List<String> several =
                ONE_OF_SEVERAL.replace("PORT", port.number().text()).lines().toList();
        if (port.several()) {
            return several;
        }
        List<String> alone = ALONE.lines().toList();
        if (port.others().isEmpty()) {
            return alone;
        }
        var lines = new ArrayList<String>();
        String any = port.others().stream().map(other -> " (" + other + ")").collect(Collectors.joining());
        lines.add("{{- if or" + any + " }}");
        lines.addAll(several);
        lines.add("{{- else }}");
        lines.addAll(alone);
        lines.add("{{- end }}");
        return lines;
    }
}
