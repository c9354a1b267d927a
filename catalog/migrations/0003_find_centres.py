"""The search for centres as a function: its statements are planned once for a connection, not at every keystroke."""

from django.db import migrations

# Names that begin so come first, then any words in any order; those of the province `here` before others, or
# alone. Each statement runs only as long as there is room on the page. Ranges, not LIKE, for what is typed holds
# no wildcards; tokens are those of centre_tokens(), parts are what LIKE looks for in what the index has found.
FIND_CENTRES = """
CREATE FUNCTION find_centres(
    beginning text, tokens text[], parts text[], here bigint, only_here boolean, room integer
) RETURNS SETOF catalog_medicalcentre LANGUAGE plpgsql STABLE AS $$
DECLARE
    past text := beginning || chr(1114111);
    found integer := 0;
BEGIN
    IF beginning IS NOT NULL AND here IS NOT NULL THEN
        RETURN QUERY SELECT centre.* FROM catalog_medicalcentre AS centre
        WHERE is_active AND province_id = here AND search_key >= beginning AND search_key < past
        LIMIT room;
        GET DIAGNOSTICS found = ROW_COUNT;
        room := room - found;
    END IF;
    IF beginning IS NOT NULL AND NOT only_here AND room > 0 THEN
        RETURN QUERY SELECT centre.* FROM catalog_medicalcentre AS centre
        WHERE is_active AND search_key >= beginning AND search_key < past
          AND province_id IS DISTINCT FROM here
        LIMIT room;
        GET DIAGNOSTICS found = ROW_COUNT;
        room := room - found;
    END IF;
    IF here IS NOT NULL AND room > 0 THEN
        RETURN QUERY SELECT centre.* FROM catalog_medicalcentre AS centre
        WHERE is_active AND centre_tokens(search_key, province_id, centre_type_id) @> (tokens || ('P' || here))
          AND search_key LIKE ALL (parts)
          AND (beginning IS NULL OR search_key < beginning OR search_key >= past)
        LIMIT room;
        GET DIAGNOSTICS found = ROW_COUNT;
        room := room - found;
    END IF;
    IF NOT only_here AND room > 0 THEN
        RETURN QUERY SELECT centre.* FROM catalog_medicalcentre AS centre
        WHERE is_active AND centre_tokens(search_key, province_id, centre_type_id) @> tokens
          AND search_key LIKE ALL (parts)
          AND (beginning IS NULL OR search_key < beginning OR search_key >= past)
          AND province_id IS DISTINCT FROM here
        LIMIT room;
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_catalogue_version")]

    operations = [
        migrations.RunSQL(
            FIND_CENTRES, "DROP FUNCTION find_centres(text, text[], text[], bigint, boolean, integer)"
        ),
    ]
