"""The portal's addresses: Vietnamese at the root, the same paths in English under /en/."""

from django.urls import URLPattern, path

from ocop.web.portal.views import (
    catalogue,
    exports,
    feeds,
    home,
    labels,
    market,
    open_data,
    places,
    producer,
    product,
    register,
    report,
    resolver,
    verify,
)

app_name = "portal"

# --- Home, catalogue, register on a date, feeds, about ---
_home: list[URLPattern] = [
    path("", home.home, name="home"),
    path("san-pham/", catalogue.catalogue, name="catalogue"),
    path("san-pham.xlsx", exports.catalogue_xlsx, name="catalogue_xlsx"),
    path("san-pham.csv", exports.catalogue_csv, name="catalogue_csv"),
    path("so-dang-ky/", register.register, name="register_on"),
    path("so-dang-ky.xlsx", exports.register_xlsx, name="register_xlsx"),
    path("tin.rss", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("gioi-thieu/", home.about, name="about"),
]

# --- Product, verification, QR and labels, producer, reports ---
_product: list[URLPattern] = [
    path("sp/<str:code>", product.product, name="product"),
    path("v/<str:code>", product.verify_short, name="verify_short"),
    path("sp/<str:code>/tren-nhan/", resolver.on_label, name="on_label"),
    path("sp/<str:code>/qr.svg", labels.qr_as_svg, name="qr_svg"),
    path("sp/<str:code>/qr.png", labels.qr_as_png, name="qr_png"),
    path("sp/<str:code>/nhan.pdf", labels.labels, name="labels_pdf"),
    path("kiem-tra/", verify.verify, name="verify"),
    path("kiem-tra.json", verify.verify_for_machines, name="verify_json"),
    path("quet/", verify.scan, name="scan"),
    path("chu-the/<slug:code>/", producer.producer, name="producer"),
    path("vi-tri/<slug:code>.svg", producer.locator, name="locator"),
    path("bao-sai/", report.report, name="report"),
    path("bao-sai/<slug:code>/", report.report_status_page, name="report_status"),
]

# --- Places, map, tourism, sales points, events, figures ---
_places: list[URLPattern] = [
    path("ban-do/", places.map_page, name="map"),
    path("ban-do/diem.geojson", places.map_points, name="map_data"),
    path("xa/", places.communes, name="communes"),
    path("xa/<slug:name>-<str:code>/", places.commune, name="commune"),
    path("du-lich/", places.tourism, name="tourism"),
    path("du-lich/<slug:key>/", places.tourism_site_page, name="tourism_site"),
    path("diem-ban/", market.sales_points, name="sales_points"),
    path("su-kien/", market.events, name="events"),
    path("so-lieu/chi-so/", market.figures, name="figures"),
    path("so-lieu/chi-so/muc-tieu/", market.targets, name="targets"),
    path("so-lieu/chi-so/<int:year>/", market.figures_of, name="figures_of"),
]

# --- Open data; the names of sets are English in both languages, like the columns in them ---
_open_data: list[URLPattern] = [
    path("so-lieu/", open_data.open_data, name="open_data"),
    path("so-lieu/catalog.jsonld", open_data.open_data_catalogue, name="open_data_catalogue"),
    path("so-lieu/datapackage.json", open_data.open_data_package, name="open_data_package"),
    path("so-lieu/thay-doi/", open_data.open_data_changes, name="open_data_changes"),
    path("so-lieu/thay-doi.json", open_data.open_data_changes_json, name="open_data_changes_json"),
    path("so-lieu/thay-doi.rss", open_data.open_data_changes_rss, name="open_data_changes_rss"),
    path("so-lieu/<slug:name>.csv", open_data.open_data_csv, name="open_data_csv"),
    path("so-lieu/<slug:name>.xlsx", open_data.open_data_xlsx, name="open_data_xlsx"),
    path("so-lieu/<slug:name>.json", open_data.open_data_json, name="open_data_json"),
    path("so-lieu/<slug:name>.geojson", open_data.open_data_geojson, name="open_data_geojson"),
    path("so-lieu/<slug:name>/", open_data.open_data_set, name="open_data_set"),
    path("so-lieu/<slug:name>/schema.json", open_data.open_data_schema, name="open_data_schema"),
]

urlpatterns = [*_home, *_product, *_places, *_open_data]

# --- GS1 Digital Link; the standard fixes these addresses, so they stand outside the languages ---
resolver_urlpatterns: list[URLPattern] = [
    path("01/<path:rest>", resolver.gtin, name="gtin"),
    path(".well-known/gs1resolver", resolver.description, name="description"),
]
