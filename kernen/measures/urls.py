from django.urls import path

from . import views
from .judging import views as judging
from .sharing import views as sharing
from .walls import views as walls

urlpatterns = [
    path("initiatives/<int:pk>/measures/", views.measures, name="measures"),
    path("initiatives/<int:pk>/measures/define/", views.define, name="define"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("measures/<int:pk>/redefine/", views.redefine, name="redefine"),
    path("measures/<int:pk>/history/", views.history, name="definition_history"),
    path("measures/<int:pk>/set_back/", views.set_back, name="set_definition_back"),
    path("measures/<int:pk>/open_series/", views.open_series, name="open_series"),
    path("series/<int:pk>/", views.series, name="series"),
    path("series/<int:pk>/load/", views.load, name="load"),
    path("series/<int:pk>/split/", views.split, name="split"),
    *(
        path(
            f"series/<int:pk>/series.{kind}", sharing.series_file, {"kind": kind}, f"series_{kind}"
        )
        for kind in ("csv", "xlsx", "svg", "png")
    ),
    path("series/<int:pk>/embed/", sharing.embed, name="embed"),
    *(
        path(
            f"series/<int:pk>/embedded.{kind}", sharing.embedded, {"kind": kind}, f"embedded_{kind}"
        )
        for kind in ("svg", "png")
    ),
    path("measures/<int:pk>/chart/", judging.chart, name="chart"),
    path("measures/<int:pk>/draw/", judging.draw, name="draw"),
    path("series/<int:pk>/freeze/", judging.freeze, name="freeze"),
    path("freezes/<int:pk>/thaw/", judging.thaw, name="thaw"),
    path("series/<int:pk>/leave_out/", judging.leave_out, name="leave_out"),
    path("points/<int:pk>/count_again/", judging.count_again, name="count_again"),
    path("splits/<int:pk>/join/", views.join, name="join"),
    path("series/<int:pk>/annotate/", views.annotate, name="annotate"),
    path("annotations/<int:pk>/erase/", views.erase, name="erase"),
    path("walls/", walls.walls, name="walls"),
    path("walls/put_up/", walls.put_up, name="put_up_wall"),
    path("walls/<int:pk>/", walls.wall, name="wall"),
    path("walls/<int:pk>/alter/", walls.alter, name="alter_wall"),
    path("walls/<int:pk>/take_down/", walls.take_down, name="take_down_wall"),
    path("walls/<int:pk>/address/", walls.address, name="wall_address"),
    path("walls/<int:pk>/add/", walls.add, name="add_to_wall"),
    path("walls/<int:pk>/screen/<slug:key>/", walls.wall_screen, name="wall_screen"),
    path("series/<int:pk>/wall/", walls.show_on_wall, name="show_on_wall"),
    path("wall_charts/<int:pk>/move/", walls.move_chart, name="move_on_wall"),
    path("wall_charts/<int:pk>/take_off/", walls.take_off, name="take_off_wall"),
]
