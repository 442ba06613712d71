"""Addresses of the register's desk: public codes and places in a list, never keys of the database."""

from django.urls import path

from ocop.web.desk.register.views import packs, producers, products, queues, stars

urlpatterns = [
    path("san-pham/", products.products, name="products"),
    path("san-pham/them/", products.product_new, name="product_new"),
    path("san-pham/<str:code>/", products.product, name="product"),
    path("san-pham/<str:code>/sua/", products.product_edit, name="product_edit"),
    path("san-pham/<str:code>/bo/", products.product_set, name="product_set"),
    path("san-pham/<str:code>/ma/", products.product_code, name="product_code"),
    path("san-pham/<str:code>/hien/", products.product_publish, name="product_publish"),
    path("san-pham/<str:code>/anh/", packs.product_photos, name="product_photos"),
    path("san-pham/<str:code>/quy-cach/", packs.packs, name="packs"),
    path("san-pham/<str:code>/quy-cach/<int:n>/", packs.pack, name="pack"),
    path("san-pham/<str:code>/quy-cach/<int:n>/gia/", packs.price, name="price"),
    path("san-pham/<str:code>/quy-cach/<int:n>/gia/<slug:kind>/thoi/", packs.price_end, name="price_end"),
    path("san-pham/<str:code>/cong-nhan/", stars.recognise, name="recognise"),
    path("cong-nhan/", stars.record_any, name="record_recognition"),
    path("cong-nhan/<slug:code>/thu-hoi/", stars.withdraw, name="withdraw"),
    path("cong-nhan/<slug:code>/keo-dai/", stars.extend, name="extend"),
    path("cong-nhan/<slug:code>/xac-nhan/", stars.confirm, name="confirm"),
    path("cong-nhan/<slug:code>/het-gia-tri/", stars.end, name="end_recognition"),
    path("chu-the/", producers.producers, name="producers"),
    path("chu-the/them/", producers.producer_new, name="producer_new"),
    path("chu-the/<slug:code>/", producers.producer, name="producer"),
    path("chu-the/<slug:code>/sua/", producers.producer_edit, name="producer_edit"),
    path("chu-the/<slug:code>/loai-hinh/", producers.legal_form, name="legal_form"),
    path("chu-the/<slug:code>/duong-dan/", producers.links, name="producer_links"),
    path("chu-the/<slug:code>/lien-he/", producers.contact, name="producer_contact"),
    path("chu-the/<slug:code>/lien-he/rut/", producers.contact_withdraw, name="producer_contact_withdraw"),
    path("chu-the/<slug:code>/dai-dien/", producers.person, name="producer_person"),
    path("chu-the/<slug:code>/dai-dien/sua/", producers.person_edit, name="producer_person_edit"),
    path("chu-the/<slug:code>/anh/", packs.producer_photos, name="producer_photos"),
    path("bao-sai/", queues.reports, name="reports"),
    path("bao-sai/<slug:code>/", queues.report, name="report"),
    path("bao-sai/<slug:code>/nhan/", queues.report_take, name="report_take"),
    path("bao-sai/<slug:code>/nguoi-bao/", queues.reporter, name="reporter"),
    path("giu-trang/", queues.claims, name="claims"),
    path("giu-trang/<slug:code>/<int:n>/", queues.claim, name="claim"),
    path("xin-giu-trang/", queues.claim_new, name="claim_new"),
]
